import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import { signIn } from '@valetkey/test-support/sign-in';
import { fillInSignIn, launchChromium } from '../browser/chromium.ts';

/** A client that the admin of the forum has registered. */
interface RegisteredClient {
  readonly client_id: string;
  /** Only confidential clients have one. */
  readonly client_secret: string;
}

const CALLBACK_PATHS = ['/callback', '/auth/callback/plum'];

export type ApprovingPerson = Awaited<ReturnType<typeof startApprovingPerson>>;

/** Starts a forum, an app with two registered clients, and a Chromium in which alice is signed in. */
export async function startApprovingPerson() {
  const [forum, browser] = await Promise.all([startForumProcess(), launchChromium()]);
  const app = createServer((_request, response) => response.end('You can go back to the app.'));
  await new Promise<void>((resolve) => void app.listen(0, '127.0.0.1', resolve));
  const appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;

  const admin = await signIn(forum.url, 'admin');
  async function register(kind: string): Promise<RegisteredClient> {
    const redirect_uris = CALLBACK_PATHS.map((path) => `http://127.0.0.1${path}`).join('\n');
    const form = {
      name: `A ${kind} library`,
      kind,
      redirect_uris,
      post_logout_redirect_uris: `${appUrl}/signed-out`,
    };
    const response = await admin.send('POST', '/admin/oauth-clients.json', form);
    return ((await response.json()) as { client: RegisteredClient }).client;
  }

  const page = await (await browser.newContext()).newPage();
  async function signInAsAlice(): Promise<void> {
    await page.goto(`${forum.url}/login`);
    await fillInSignIn(page, 'alice');
    await page.waitForURL(`${forum.url}/`);
  }
  await signInAsAlice();

  return {
    forum,
    appUrl,
    page,
    signInAsAlice,
    admin,
    publicClient: await register('public'),
    confidentialClient: await register('confidential'),
    /** Opens the URL in Chromium and approves. Returns the URL that the browser was sent to. */
    async approve(url: string | URL): Promise<URL> {
      await page.goto(String(url));
      await page.getByRole('button', { name: 'Approve' }).click();
      // Some clients listen on a port of their own.
      const redirect = new URL(url).searchParams.get('redirect_uri') ?? appUrl;
      await page.waitForURL(`${new URL(redirect).origin}/**`);
      return new URL(page.url());
    },
    /** Uses an access token at the API, and returns the username. */
    async usernameOf(accessToken: string): Promise<unknown> {
      const headers = { authorization: `Bearer ${accessToken}` };
      const response = await fetch(`${forum.url}/session/current.json`, { headers });
      return ((await response.json()) as { current_user?: { username: string } }).current_user?.username;
    },
    async stop(): Promise<void> {
      app.close();
      await Promise.all([browser.close(), forum.stop()]);
    },
  };
}
