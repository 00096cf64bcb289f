// The main process of a desktop app that posts a topic to a forum in its user's name.
//
//   npm start https://forum.example 'A title of some length' 'What the topic says, in a sentence.'
import { createConnection, createSchemeReceiver, probeSite, redirectLogin } from '@valetkey/client';
import { app, shell } from 'electron';

const SCHEME = 'plum-desktop';
const TEN_MINUTES_MS = 600_000;

/** Text of a site may contain control characters, which could act on a terminal. */
const printable = (text: unknown): string => String(text).replaceAll(/\p{C}+/gu, ' ');

/** Requests a key in the user's browser. The operating system passes the response to this app, by its scheme. */
async function connect(address: string, scopes: readonly string[]) {
  const { site } = await probeSite(address);
  const quit = new AbortController();
  app.on('before-quit', () => quit.abort(new Error('The app was closed before the approval.')));
  const signal = AbortSignal.any([AbortSignal.timeout(TEN_MINUTES_MS), quit.signal]);
  const receiver = createSchemeReceiver(`${SCHEME}://callback`, { signal });
  // macOS emits the URL. Windows and Linux start a second instance with it, which passes it on and exits.
  app.on('open-url', (_event, url) => receiver.receive(url));
  app.on('second-instance', (_event, argv) => argv.some((word) => receiver.receive(word)));
  const { key } = await redirectLogin(receiver, {
    site,
    applicationName: 'Plum Desktop',
    scopes,
    // Use the browser, never a window of the app: users must see which page asks for their password.
    openBrowser: (url) => shell.openExternal(url.href),
    // Any page can open a URL of this scheme. Report an invalid one and keep waiting.
    onPassedOver: (failure) => console.error(printable(failure)),
    signal,
  });
  return createConnection({ site, key });
}

async function run(): Promise<void> {
  const [address = '', title = '', raw = ''] = process.argv.slice(2);
  const forum = await connect(address, ['read', 'write']);
  try {
    const { username } = await forum.whoami();
    console.log(`You are ${printable(username)}.`);
    const body = new URLSearchParams({ title, raw });
    const answer = await forum.fetch('/posts.json', { method: 'POST', body });
    const { topic_id } = (await answer.json()) as { topic_id: number };
    console.log(`Made a topic: ${forum.site}/t/${printable(topic_id)}`);
  } finally {
    // Always revoke the key. To store it instead, encrypt it with Electron's safeStorage.
    await forum.revoke();
  }
}

if (!app.requestSingleInstanceLock()) app.quit();
else {
  app.setAsDefaultProtocolClient(SCHEME);
  app
    .whenReady()
    .then(run)
    .then(() => app.exit(0))
    .catch((error: unknown) => {
      console.error(printable(error instanceof Error ? error.message : error));
      app.exit(1);
    });
}
