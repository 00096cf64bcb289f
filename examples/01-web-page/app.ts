// A page without a server: the user connects their forum account and posts from this page.
import { type Connection, createConnection, ValetkeyError } from '@valetkey/client';
import { finishLogin, startLogin } from '@valetkey/client/browser';

const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const connect = find<HTMLButtonElement>('connect');
const note = find<HTMLFormElement>('note');
const site = document.querySelector<HTMLMetaElement>('meta[name=forum]')?.content ?? '';

/** Shows a sentence as text: the forum's messages must not be parsed as markup. */
const say = (sentence: string): void => {
  find('status').textContent = sentence;
};

/** Shows an error and what to do; it never contains the key. */
const trying = (work: () => Promise<void>) => (): Promise<void> =>
  work().catch((error: unknown) => {
    // Browsers do not say why a cross-origin response is blocked.
    const isHidden = error instanceof ValetkeyError && error.code === 'site_unreachable';
    const hint = isHidden
      ? ` Or the forum’s cors_origins does not list ${location.origin}; ask its admin.`
      : '';
    say((error instanceof Error ? error.message : String(error)) + hint);
  });

connect.onclick = trying(async () => {
  // The key pair is stored in IndexedDB; no script can export the private key.
  const url = await startLogin({ site, applicationName: 'Plum Notes', scopes: ['read', 'write'] });
  location.assign(url);
});

async function show(forum: Connection): Promise<void> {
  const { username } = await forum.whoami();
  say(`You are ${username}.`);
  note.hidden = false;
  connect.hidden = true;
  note.onsubmit = (event) => {
    event.preventDefault();
    void post(forum);
  };
}

const post = (forum: Connection): Promise<void> =>
  trying(async () => {
    const { title, raw } = Object.fromEntries(new FormData(note)) as Record<'title' | 'raw', string>;
    const body = new URLSearchParams({ title, raw });
    const answer = await forum.fetch('/posts.json', { method: 'POST', body });
    const { topic_id } = (await answer.json()) as { topic_id: number };
    say(`Made a topic: ${forum.site}/t/${topic_id}`);
    note.reset();
  })();

connect.hidden = false;
say('You are not connected.');
await trying(async () => {
  const granted = await finishLogin();
  // The key is only in memory, so no other script can read it from storage. Reloading the page requires a new approval.
  if (granted) await show(createConnection(granted));
})();
