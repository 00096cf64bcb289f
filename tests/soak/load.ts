import { keyRequest, open } from '@valetkey/test-support/app-request';
import { type SignedInUser, signIn } from '@valetkey/test-support/sign-in';
import { pick, send, type Target } from './target.ts';

const USERNAMES = ['alice', 'bob', 'mona', 'admin'];
const PAGES = ['/', '/latest', '/latest.json', '/t/1', '/categories', '/search?q=plum', '/login'];
/** Old revoked keys are checked again and again. */
const MAX_REVOKED = 200;

interface Worker {
  readonly target: Target;
  readonly username: string;
  readonly user: SignedInUser;
  readonly clientId: string;
}

/**
 * Acts as one user of each account until the phase is over: approve, use, revoke, pages, rejected keys, devices. Returns
 * the last revoked keys.
 */
export async function runLoad(target: Target): Promise<readonly string[]> {
  const revoked: string[] = [];
  await Promise.all(
    USERNAMES.map(async (username, index) => {
      const user = await signIn(target.url, username);
      const worker = { target, username, user, clientId: `soak-${index}` };
      while (!target.isOver()) {
        const key = await approve(worker);
        if (key !== null) await useAndRevoke(worker, key, revoked);
        await checkRejectedKeys(target, revoked);
        await openPages(worker);
        await pollDevice(target);
      }
    }),
  );
  return revoked;
}

async function approve({ target, user, clientId }: Worker): Promise<string | null> {
  const form = keyRequest({
    client_id: clientId,
    scopes: 'read,session_info',
    auth_redirect: null,
    padding: 'oaep',
  });
  const begun = performance.now();
  const response = await user.send('POST', '/user-api-key.json', form).catch(() => null);
  target.report.count('approve', response?.status ?? 0, performance.now() - begun);
  if (!response?.ok) {
    await response?.text();
    return null;
  }
  const { payload } = (await response.json()) as { payload: string };
  return open(payload, 'oaep').key;
}

async function useAndRevoke({ target, username }: Worker, key: string, revoked: string[]): Promise<void> {
  const headers = { 'User-Api-Key': key };
  for (let count = 0; count < 5; count += 1) {
    const response = await send(target, 'use', '/session/current.json', { headers, isMeasured: true });
    if (response === null || response.status === 429) continue;
    if (response.status !== 200 || !response.text.includes(`"username":"${username}"`))
      target.report.breakPromise('An active key acts as its user.', `status ${response.status}`);
  }
  const gone = await send(target, 'revoke', '/user-api-key/revoke', {
    method: 'POST',
    headers,
    isMeasured: true,
  });
  if (gone?.status !== 200) return;
  revoked.push(key);
  if (revoked.length > MAX_REVOKED) revoked.shift();
  await expectRejected(target, 'revoked key', key);
}

/** Keys that were revoked, and keys that never existed. */
async function checkRejectedKeys(target: Target, revoked: readonly string[]): Promise<void> {
  if (revoked.length > 0) await expectRejected(target, 'revoked key', pick(target, revoked));
  const digits = Array.from({ length: 32 }, () => Math.floor(target.random() * 16).toString(16));
  await expectRejected(target, 'unknown key', digits.join(''));
}

/** Records a broken promise if the site accepts this key. */
export async function expectRejected(target: Target, kind: string, key: string): Promise<void> {
  const headers = { 'User-Api-Key': key };
  const response = await send(target, kind, '/session/current.json', { headers, isMeasured: true });
  if (response !== null && response.status < 400)
    target.report.breakPromise('A revoked or unknown key is rejected.', `${kind}: status ${response.status}`);
}

async function openPages({ target, user, username }: Worker): Promise<void> {
  await send(target, 'page', pick(target, PAGES), { isMeasured: true });
  const response = await user.send('GET', `/u/${username}/preferences/apps`).catch(() => null);
  await response?.text();
  target.report.count('apps page', response?.status ?? 0);
}

/** A device that nobody approves never gets a payload. */
async function pollDevice(target: Target): Promise<void> {
  const post = (path: string, body: object) =>
    send(target, 'device', path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      isMeasured: true,
    });
  const started = await post('/user-api-key/device.json', keyRequest({ auth_redirect: null }));
  if (started?.status !== 200) return;
  const { device_code } = JSON.parse(started.text) as { device_code: string };
  for (let count = 0; count < 2; count += 1) {
    const polled = await post('/user-api-key/device/poll.json', { device_code });
    if (polled?.text.includes('"payload"'))
      target.report.breakPromise('A device gets no key before a user approves.', `status ${polled.status}`);
  }
}
