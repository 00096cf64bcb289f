// The same checks for every runtime, bundled once: all parts of the client that depend on the runtime, and one
// complete request flow. It also runs in browsers, so it imports no Node modules and has its own assertions.
import {
  type Clock,
  createConnection,
  createLogin,
  createSchemeReceiver,
  type DevicePrompt,
  deviceLogin,
  type Login,
  openLogin,
  probeSite,
  redirectLogin,
  type SiteRefusal,
} from '@valetkey/client';
import { openPayload } from '@valetkey/protocol/open';
import vectors from '@valetkey/protocol/vectors/sealed-payloads' with { type: 'json' };

/** The addresses of the forum and of alice, for the checks. */
export interface Place {
  /** The URL of a running forum. */
  readonly site: string;
  /**
   * The URL that controls alice, with POST: `/approve` with a URL, `/approve-device` or `/decline-device` with a
   * code.
   */
  readonly person: string;
}

/** Checks by name. */
export type Checks = Readonly<Record<string, (place: Place) => Promise<void>>>;

/** Runs all checks in sequence. @returns the names of those that passed, then the errors, if any */
export async function runChecks(checks: Checks, place: Place): Promise<string[]> {
  const report: string[] = [];
  for (const [name, check] of Object.entries(checks)) {
    try {
      await check(place);
      report.push(name);
    } catch (error) {
      const { code = '', message } = error as { code?: string; message: string };
      report.push(`FAILED ${name}: ${code} ${message}`);
    }
  }
  return report;
}

/** Returns the response of the site to an approved login. */
export async function approve(login: Pick<Login, 'url'>, place: Place): Promise<string> {
  const { payload, redirectUrl } = await tell(place, 'approve', login.url.href);
  return redirectUrl ?? payload;
}

async function tell({ person }: Place, what: string, body: string) {
  return (await fetch(`${person}/${what}`, { method: 'POST', body })).json();
}

/** Throws unless both are equal. */
export function same(actual: unknown, expected: unknown): void {
  const [one, other] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (one !== other) throw new Error(`${one} differs from ${other}`);
}

type KeyName = keyof typeof vectors.private_keys;
const pemOf = (name: string) => vectors.private_keys[name as KeyName].pkcs8;
const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'it opened',
    (error: { code?: string }) => error.code ?? String(error),
  );
const asked = (site: string) => ({ site, applicationName: 'Runtime check', scopes: ['read'] });

/** Pauses between polls take no time; deadlines never expire. */
const impatientClock: Clock = {
  now: () => performance.now(),
  wait: (milliseconds, signal) =>
    milliseconds <= 5000
      ? Promise.resolve()
      : new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
};

async function runFlow(place: Place, padding: 'oaep' | 'pkcs1'): Promise<void> {
  const { site } = await probeSite(place.site);
  const login = await createLogin({ ...asked(site), padding });
  const answer = await approve(login, place);
  const granted = await openLogin(login, answer.replace(/.{60}/g, '$&\n'));
  const forum = createConnection({ ...granted, site });
  same((await forum.whoami()).username, 'alice');
  same((await forum.fetch('/latest.json')).status, 200);
  const refused = (await forum
    .fetch('/posts.json', { method: 'POST' })
    .catch((error: unknown) => error)) as SiteRefusal;
  same([refused.code, refused.isKeyInactive], ['scope_insufficient', false]);
  same(await forum.revoke(), 'revoked');
  const dead = (await forum.fetch('/latest.json').catch((error: unknown) => error)) as SiteRefusal;
  same([dead.code, dead.isKeyInactive], ['key_revoked', true]);
}

/** The checks that every runtime must pass. */
export const CHECKS: Checks = {
  'opens every vector, OpenSSL’s with PKCS#1 v1.5 among them': async () => {
    const made = vectors.vectors.filter(
      (vector) => vector.made_by === 'openssl' && vector.padding === 'pkcs1',
    );
    same(made.length > 2, true);
    for (const { key, plaintext, sealed } of vectors.vectors)
      same(await openPayload(sealed, pemOf(key)), plaintext);
  },
  'opens OAEP with a key that cannot be exported': async () => {
    const [vector] = vectors.vectors.filter(({ padding }) => padding === 'oaep');
    const der = Uint8Array.from(atob(pemOf(vector?.key ?? '').replace(/-----[^-]+-----|\s/g, '')), (letter) =>
      letter.charCodeAt(0),
    );
    const algorithm = { name: 'RSA-OAEP', hash: 'SHA-1' };
    const key = await crypto.subtle.importKey('pkcs8', der, algorithm, false, ['decrypt']);
    same(await openPayload(vector?.sealed ?? '', key), vector?.plaintext);
  },
  'tells apart what is wrong with an answer': async () => {
    const [first, second] = [
      await createLogin(asked('https://x.example')),
      await createLogin(asked('https://x.example')),
    ];
    const sealed = vectors.vectors.find(({ key }) => key === 'rsa2048')?.sealed ?? '';
    const own = { ...first, url: undefined, privateKey: pemOf('rsa2048') };
    same(await codeOf(openLogin(first, sealed)), 'payload_cannot_be_opened');
    same(await codeOf(openLogin({ ...first, privateKey: second.privateKey }, sealed)), 'key_pair_mismatch');
    same(await codeOf(openLogin(own, sealed)), 'nonce_mismatch');
    same(await codeOf(openLogin(first, sealed.slice(0, 200))), 'sealed_payload_truncated');
    same(await codeOf(openLogin(first, 'hello')), 'sealed_payload_unreadable');
    same(await codeOf(openLogin(first, 'myapp://cb?error=access_denied')), 'access_denied');
  },
  'the complete request flow with OAEP': (place) => runFlow(place, 'oaep'),
  'the complete request flow with PKCS#1 v1.5': (place) => runFlow(place, 'pkcs1'),
  'device: a person types the code anywhere, and the key works': async (place) => {
    const onCode = ({ userCode }: DevicePrompt) => tell(place, 'approve-device', userCode);
    const { site } = place;
    const granted = await deviceLogin({ ...asked(site), onCode, clock: impatientClock });
    same((await createConnection({ site, ...granted }).whoami()).username, 'alice');
  },
  'device: the person’s no, and the app’s own signal, end the wait': async (place) => {
    const decline = ({ userCode }: DevicePrompt) => tell(place, 'decline-device', userCode);
    const options = { ...asked(place.site), clock: impatientClock };
    same(await codeOf(deviceLogin({ ...options, onCode: decline })), 'access_denied');
    const stop = new AbortController();
    const stopped = deviceLogin({
      ...options,
      onCode: () => stop.abort(new Error('stop')),
      signal: stop.signal,
    });
    same(await codeOf(stopped), 'Error: stop');
  },
  'custom scheme: the answer is what the system hands over, whatever a page sent before': async (place) => {
    const receiver = createSchemeReceiver('myapp://callback');
    const openBrowser = async (url: URL) => {
      receiver.receive('myapp://callback?payload=x');
      receiver.receive(await approve({ url }, place));
    };
    const { site } = place;
    const granted = await redirectLogin(receiver, { ...asked(site), openBrowser });
    same((await createConnection({ site, ...granted }).whoami()).username, 'alice');
  },
};
