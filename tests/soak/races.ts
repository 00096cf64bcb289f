import { decrypt, keyRequest, open } from '@valetkey/test-support/app-request';
import { signIn } from '@valetkey/test-support/sign-in';
import { send, type Target } from './target.ts';

const ROUNDS = 200;
const AT_ONCE = 10;

/** Sends the same request many times at once: what may happen once happens once. Ends with the phase. */
export async function race(target: Target): Promise<void> {
  const user = await signIn(target.url, 'mona');
  for (let round = 0; round === 0 || (round < ROUNDS && !target.isOver()); round += 1) {
    const form = keyRequest({
      client_id: 'soak-race',
      scopes: 'session_info,one_time_password',
      auth_redirect: 'discourse://auth_redirect',
      padding: 'oaep',
    });
    const response = await user.send('POST', '/user-api-key.json', form).catch(() => null);
    target.report.count('race', response?.status ?? 0);
    const body = response?.ok ? ((await response.json()) as { redirect_url: string }) : null;
    if (body === null) continue;
    const answer = new URL(body.redirect_url).searchParams;
    await useOneTimePassword(target, decrypt(answer.get('oneTimePassword') ?? '', 'oaep'));
    await revokeAtOnce(target, open(answer.get('payload') ?? '', 'oaep').key);
  }
}

const times = <Result>(work: () => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: AT_ONCE }, work));

/** Each request is a browser of its own, with its own CSRF token. */
async function useOneTimePassword(target: Target, password: string): Promise<void> {
  const path = `/session/otp/${password}`;
  const forms = await times(() => fetch(target.url + path).catch(() => null));
  const bodies = await Promise.all(
    forms.map(async (form) => ({
      cookie:
        form?.headers
          .getSetCookie()
          .map((line) => line.split(';')[0])
          .join('; ') ?? '',
      token: /name="authenticity_token" value="([^"]+)"/.exec((await form?.text()) ?? '')?.[1] ?? '',
    })),
  );
  const answers = await Promise.all(
    bodies.map(({ cookie, token }) =>
      send(target, 'race', path, {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams({ authenticity_token: token }),
      }),
    ),
  );
  const signedIn = answers.filter((answer) => answer?.status === 303).length;
  if (signedIn > 1)
    target.report.breakPromise('A one-time password signs in once.', `${signedIn} of ${AT_ONCE} requests`);
}

/** Revocations and uses at once. After the first revocation has been answered, no use is allowed. */
async function revokeAtOnce(target: Target, key: string): Promise<void> {
  const headers = { 'User-Api-Key': key };
  await Promise.all([
    times(() => send(target, 'race', '/user-api-key/revoke', { method: 'POST', headers })),
    times(() => send(target, 'race', '/session/current.json', { headers })),
  ]);
  const after = await send(target, 'race', '/session/current.json', { headers });
  if (after !== null && after.status < 400)
    target.report.breakPromise('A revoked key is rejected from then on.', `status ${after.status}`);
}
