import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, describe, expect, test } from 'vitest';
import { findPublishedWorkspaces, root } from '../../tools/source-tree.ts';
import { findRuntimes, installPackages, isMadeFor, type PackedPackage } from './packed-packages.ts';

const installed = installPackages();
afterAll(() => installed.remove());

/** Returns the import specifiers of a package. */
const entriesOf = ({ name, manifest }: PackedPackage) =>
  Object.keys(manifest.exports ?? {})
    .filter((path) => !path.includes('*'))
    .map((path) => name + path.slice(1));
const names = findPublishedWorkspaces().map(({ name }) => name);

function find(name: string): PackedPackage {
  const found = installed.packages.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`${name} was not packed`);
  return found;
}

describe.each(names)('the tarball of %s', (name) => {
  test('contains compiled files and documents, no sources and no tests', () => {
    const { files } = find(name);
    expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE']));
    expect(
      files.filter(
        (file) =>
          !/\.(?:js|d\.ts|json|md)$|^LICENSE$/.test(file) || /\.test\.|^tests?\/|\/tests?\//.test(file),
      ),
    ).toEqual([]);
  });

  test('has no problem that publint finds', async () => {
    const { messages, pkg } = await publint({ pkgDir: find(name).dist, strict: true, pack: 'npm' });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  test('depends on existing versions of the other packages', () => {
    const { manifest } = find(name);
    const asked = Object.entries(manifest.dependencies ?? {}).filter(([dependency]) =>
      names.includes(dependency),
    );
    expect(asked).toEqual(asked.map(([dependency]) => [dependency, find(dependency).manifest.version]));
  });
});

test('the command consists of a few files, which include the other packages, and a program for the keychain', () => {
  const { files, manifest } = find('valetkey');
  expect(Object.keys(manifest.dependencies ?? {})).toEqual(['uqr']);
  expect(files).toEqual(expect.arrayContaining(['main.js', 'shared.js', 'keychain-process.js']));
  expect(files.length).toBeLessThan(45);
});

describe.each(findRuntimes())('on Node $version', (runtime) => {
  const run = (code: string) => installed.run(runtime.path, ['--input-type=module', '--eval', code]);
  const printed = (code: string) => {
    const { stdout, stderr } = run(code);
    expect(stderr).toBe('');
    return stdout;
  };

  test('every entry can be imported', () => {
    const entries = installed.packages.filter((p) => isMadeFor(p, runtime)).flatMap(entriesOf);
    const count = printed(`let count = 0;
      for (const entry of ${JSON.stringify(entries)}) count += Object.keys(await import(entry)).length > 0;
      console.log(count);`);
    expect(entries.length).toBeGreaterThan(0);
    expect(Number(count)).toBe(entries.length);
  });

  test('the protocol package encrypts a payload and decrypts it', () => {
    const opened = printed(`
      import { generateKeyPairSync } from 'node:crypto';
      import { encodePayload, parsePayload, parsePublicKey } from '@valetkey/protocol';
      import { sealPayload } from '@valetkey/protocol/seal';
      import { openPayload } from '@valetkey/protocol/open';
      const { publicKey, privateKey } = generateKeyPairSync('rsa', {
        modulusLength: 2048,
        publicKeyEncoding: { type: 'spki', format: 'pem' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
      const text = encodePayload({ key: '0'.repeat(32), nonce: 'n', push: false, api: 4, expiresAt: null });
      for (const padding of ['oaep', 'pkcs1']) {
        const sealed = sealPayload(text, parsePublicKey(publicKey), padding);
        console.log(padding, parsePayload(await openPayload(sealed, privateKey)).nonce);
      }`);
    expect(opened).toBe('oaep n\npkcs1 n\n');
  });

  test('the command prints its usage and its version', () => {
    const command = join(installed.folder, 'node_modules/.bin/valetkey');
    const { version } = find('valetkey').manifest;
    expect(installed.run(runtime.path, [command, '--version']).stdout).toBe(`${version}\n`);
    const { status, stdout, stderr } = installed.run(runtime.path, [command, '--help']);
    expect(stderr).toBe('');
    expect(stdout).toContain('valetkey <command> [options]');
    expect(status).toBe(0);
  });

  test.each(['valetkey-forum', 'valetkey-test-site'])(
    '%s prints its usage, or the Node version that it needs',
    (name) => {
      const command = join(installed.folder, 'node_modules/.bin', name);
      const { status, stdout, stderr } = installed.run(runtime.path, [command, '--help']);
      const isNewEnough = isMadeFor(find('@valetkey/forum'), runtime);
      const complaint = `${name} needs Node 22.13 or newer; this is Node ${runtime.version}.\n`;
      expect(stderr).toBe(isNewEnough ? '' : complaint);
      expect(stdout.includes('--port N')).toBe(isNewEnough);
      expect(status).toBe(isNewEnough ? 0 : 1);
    },
  );
});

test('the forum starts from its tarball, serves the probe, and rejects an unknown key', () => {
  const { stdout, stderr } = installed.run(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { createForum } from '@valetkey/forum';
    const forum = await createForum({ baseUrl: 'http://127.0.0.1:3000', dataDir: null });
    const probe = await forum.fetch(new Request('http://127.0.0.1:3000/user-api-key/new', { method: 'HEAD' }), { ipAddress: '127.0.0.1' });
    console.log(probe.status, probe.headers.get('auth-api-version'));
    const headers = { 'User-Api-Key': '0'.repeat(32) };
    const refusal = await forum.fetch(new Request('http://127.0.0.1:3000/session/current.json', { headers }), { ipAddress: '127.0.0.1' });
    console.log(refusal.status, (await refusal.json()).code);
    await forum.close();`,
  ]);
  expect(stderr).toBe('');
  expect(stdout).toBe('200 4\n403 key_unknown\n');
});

test('the test site starts by its name, approves, and stops on request', async () => {
  const command = join(installed.folder, 'node_modules/.bin/valetkey-test-site');
  const child = spawn(process.execPath, [command], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { url, control } = JSON.parse(line) as { url: string; control: string };
  const send = async (name: string, body: string) =>
    (await fetch(`${control}/${name}`, { method: 'POST', body: new URLSearchParams(body) })).json();
  const { key } = (await send('issue-key', 'scopes=session_info&as=bob')) as { key: string };
  const who = await fetch(`${url}/session/current.json`, { headers: { 'User-Api-Key': key } });
  expect(await who.json()).toMatchObject({ current_user: { username: 'bob' } });
  const ended = once(child, 'exit');
  await send('stop', '');
  expect(await ended).toEqual([0, null]);
});

test.each(['nodenext', 'bundler'])(
  'types: every entry resolves with moduleResolution %s, from TypeScript and JavaScript',
  (moduleResolution) => {
    const entries = installed.packages.flatMap(entriesOf);
    const typeRoots = join(root, 'node_modules/@types');
    mkdirSync(join(installed.folder, 'types'), { recursive: true });
    installed.write(
      'types/consumer.ts',
      entries.map((entry, i) => `import * as m${i} from '${entry}';\nvoid m${i};\n`).join(''),
    );
    // With `any` instead of a type, the expected error would be missing.
    installed.write(
      'types/consumer-in-js.js',
      "import { createConnection } from '@valetkey/client';\n// @ts-expect-error the site is required\ncreateConnection({ key: '' });\n",
    );
    installed.write(
      'types/tsconfig.json',
      JSON.stringify({
        compilerOptions: {
          module: moduleResolution === 'bundler' ? 'esnext' : 'nodenext',
          moduleResolution,
          target: 'es2024',
          lib: ['es2024', 'dom', 'dom.iterable'],
          strict: true,
          allowJs: true,
          checkJs: true,
          skipLibCheck: false,
          noEmit: true,
          typeRoots: [typeRoots],
          types: ['node'],
        },
      }),
    );
    const { stdout } = installed.run(process.execPath, [
      join(root, 'node_modules/typescript/bin/tsc'),
      '-p',
      'types',
    ]);
    expect(stdout).toBe('');
  },
);
