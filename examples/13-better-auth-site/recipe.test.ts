import { runSite } from '../test-support/run-site.ts';
import { sitePromises } from '../test-support/site-promises.ts';

sitePromises(() => runSite(import.meta.dirname), signInWithBetterAuth);

/** Signs up, unless the account exists, and signs in. */
async function signInWithBetterAuth(url: string, username: string): Promise<string> {
  const post = (path: string, body: object) =>
    fetch(`${url}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: url },
      body: JSON.stringify({ password: 'valetkey-demo', ...body }),
    });
  const email = `${username}@photos.example`;
  await (await post('sign-up/email', { email, name: username, username })).body?.cancel();
  const signedIn = await post('sign-in/username', { username });
  return signedIn.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
