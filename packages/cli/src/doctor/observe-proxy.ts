import type { RawResponse, SendRaw } from './send-raw.ts';

/** Responses that tell how the proxies in front of a site are configured. */
export interface ProxyObservation {
  readonly path: string;
  /** With the key. */
  readonly allowed: RawResponse;
  /** Two requests without a key. */
  readonly anonymous: readonly [RawResponse, RawResponse];
  /** Without a key, but with identity headers, by the spelling of their names. */
  readonly spoofed: ReadonlyMap<string, RawResponse>;
  /** With the key, by a path that programs read differently. */
  readonly ambiguous: ReadonlyMap<string, RawResponse>;
  /** With a key that does not exist. */
  readonly unknownKey: RawResponse;
  /** From the addresses that only a proxy may use. */
  readonly verify: readonly RawResponse[];
  /** With the key, and with `Upgrade: h2c`. */
  readonly upgrade: RawResponse;
  /** TRACE without a key; a service returns the request with it. */
  readonly trace: RawResponse;
  /** How much two pairs of requests reduced the remaining uses of the day; null if the site does not tell. */
  readonly used: readonly (number | null)[];
}

interface ProxyQuestion {
  /** A path that the key may read, and whose response depends on the user. */
  readonly path: string;
  readonly key: string;
  readonly username: string;
}

const SEPARATORS = ['-', '_', '.', '!'];
const IDENTITY_NAMES = ['User', 'User-Id'];
const H2C = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': '' };
const VERIFY_PATHS = ['/valetkey/verify/nginx', '/valetkey/verify/forwarded', '/valetkey/verify/envoy/'];

/** Sends the requests. Uses the key about 13 times, and changes nothing. */
export async function observeProxy(
  { path, key, username }: ProxyQuestion,
  send: SendRaw,
): Promise<ProxyObservation> {
  const withKey = { 'User-Api-Key': key };
  const anonymous = [await send(path), await send(path)] as const;
  const spoofed = new Map<string, RawResponse>();
  for (const separator of SEPARATORS) {
    const names = IDENTITY_NAMES.map((name) => `X-Valetkey-${name}`.replaceAll('-', separator));
    const headers = Object.fromEntries(names.map((name) => [name, username]));
    spoofed.set(names[0] ?? '', await send(path, headers));
  }
  const ambiguous = new Map<string, RawResponse>();
  for (const spelling of spell(path)) ambiguous.set(spelling, await send(spelling, withKey));
  const verify: RawResponse[] = [];
  for (const address of VERIFY_PATHS) verify.push(await send(address, withKey));
  return {
    path,
    allowed: await send(path, withKey),
    anonymous,
    spoofed,
    ambiguous,
    unknownKey: await send(path, { 'User-Api-Key': '0'.repeat(32) }),
    verify,
    upgrade: await send(path, { ...withKey, ...H2C }),
    trace: await send(path, {}, 'TRACE'),
    used: [await countUses(path, withKey, send), await countUses(path, withKey, send)],
  };
}

/** Returns other spellings that many proxies and services treat as this path. */
const spell = (path: string): string[] => [
  `/${path}`,
  `/.${path}`,
  `/valetkey-doctor/%2e%2e${path}`,
  `/valetkey-doctor/..${path}`,
  path.replace(/\/([^/]*)$/, '%2f$1'),
];

/** Returns how many uses of the day one request took, with the reading after it. */
async function countUses(
  path: string,
  headers: Readonly<Record<string, string>>,
  send: SendRaw,
): Promise<number | null> {
  const before = await readRemaining(headers, send);
  await send(path, headers);
  const after = await readRemaining(headers, send);
  return before === null || after === null ? null : before - after;
}

async function readRemaining(
  headers: Readonly<Record<string, string>>,
  send: SendRaw,
): Promise<number | null> {
  const { text } = await send('/user-api-key/current.json', headers);
  const [, left] = /"per_day":(\d+)/.exec(text.slice(text.indexOf('"remaining"'))) ?? [];
  return left === undefined ? null : Number(left);
}
