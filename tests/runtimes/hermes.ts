import { execFileSync } from 'node:child_process';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import vectors from '@valetkey/protocol/vectors/sealed-payloads' with { type: 'json' };
import { rolldown } from 'rolldown';

const modules = join(import.meta.dirname, 'node_modules');
const FOLDERS: Readonly<Record<string, string>> = { linux: 'linux64-bin', darwin: 'osx-bin' };

/** The path of Hermes 0.12; null if it is not installed. It exists for Linux on x64 and for macOS. */
export const hermesPath: string | null =
  [join(modules, 'hermes-engine-cli', FOLDERS[process.platform] ?? '', 'hermes')].find(
    (path) => process.platform in FOLDERS && existsSync(path),
  ) ?? null;

/** The functions that React Native provides in its newer engines or adds; this engine has none of them. */
const SURROUNDINGS = `
globalThis.self = globalThis;
globalThis.console = { log: print, warn: print, error: print };
globalThis.TextEncoder = function () {};
TextEncoder.prototype.encode = function (text) {
  return Uint8Array.from(unescape(encodeURIComponent(text)), function (letter) { return letter.charCodeAt(0); });
};
globalThis.TextDecoder = function () {};
TextDecoder.prototype.decode = function (bytes) {
  return decodeURIComponent(escape(String.fromCharCode.apply(null, bytes)));
};
var letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
globalThis.atob = function (text) {
  var bits = 0, held = 0, out = '';
  for (var i = 0; i < text.length && text[i] !== '='; i += 1) {
    held = (held << 6) | letters.indexOf(text[i]);
    bits += 6;
    if (bits >= 8) out += String.fromCharCode((held >> (bits -= 8)) & 255);
  }
  return out;
};
globalThis.btoa = function (text) {
  var out = '';
  for (var i = 0; i < text.length; i += 3) {
    var three = (text.charCodeAt(i) << 16) | ((text.charCodeAt(i + 1) || 0) << 8) | (text.charCodeAt(i + 2) || 0);
    out += letters[three >> 18] + letters[(three >> 12) & 63];
    out += i + 1 < text.length ? letters[(three >> 6) & 63] : '=';
    out += i + 2 < text.length ? letters[three & 63] : '=';
  }
  return out;
};
`;

const URL_POLYFILL = `import { URL, URLSearchParams } from 'react-native-url-polyfill';
globalThis.URL = URL;
globalThis.URLSearchParams = URLSearchParams;`;

/** Returns two keys of the vectors in the form that the program expects. */
function nativeKey(): string {
  const { rsa2048, rsa3072 } = vectors.private_keys;
  const publicPem = (pem: string) => createPublicKey(pem).export({ type: 'spki', format: 'pem' });
  const jwk = createPrivateKey(rsa2048.pkcs8).export({ format: 'jwk' });
  const number = (text = '') => `0x${Buffer.from(text, 'base64url').toString('hex')}`;
  const key = {
    publicKey: publicPem(rsa2048.pkcs8),
    otherPublicKey: publicPem(rsa3072.pkcs8),
    privateKey: rsa2048.pkcs8,
    n: number(jwk.n),
    e: number(jwk.e),
    d: number(jwk.d),
  };
  return `globalThis.nativeKey = ${JSON.stringify(key)};`;
}

/**
 * Bundles one script. It contains the parts of React Native that the polyfill needs: native modules (none) and the
 * platform.
 */
async function bundleScript(input: string): Promise<string> {
  const reactNative = {
    name: 'react-native',
    resolveId: (id: string) => (id === 'react-native' ? `\0${id}` : null),
    load: (id: string) =>
      id === '\0react-native'
        ? "export const NativeModules = {}; export const Platform = { OS: 'android' };"
        : null,
  };
  const build = await rolldown({
    input,
    platform: 'browser',
    logLevel: 'silent',
    plugins: [reactNative],
    resolve: { modules: [modules, 'node_modules'] },
  });
  try {
    const { output } = await build.generate({ format: 'iife', codeSplitting: false });
    return output[0].code;
  } finally {
    await build.close();
  }
}

/** Runs a program on Hermes, transformed by the compiler of React Native’s apps. @returns its output */
export async function runOnHermes(hermes: string, program: string, folder: string): Promise<string> {
  const polyfill = join(folder, 'url-polyfill.mjs');
  writeFileSync(polyfill, URL_POLYFILL);
  const parts = [SURROUNDINGS, await bundleScript(polyfill), nativeKey(), await bundleScript(program)];
  const babel = createRequire(import.meta.url)(join(modules, '@babel/standalone/babel.js'));
  const options = { presets: [['env', { targets: { ie: 11 } }]] };
  const file = join(folder, 'hermes.js');
  writeFileSync(
    file,
    parts.map((part) => babel.transform(part, { ...options, sourceType: 'script' }).code).join('\n'),
  );
  return execFileSync(hermes, ['-w', file], { encoding: 'utf8' });
}
