// A page without a server: the person connects their forum account, and posts from here.
import { type Connection, createConnection, ValetkeyError } from '@valetkey/client';
import { finishLogin, startLogin } from '@valetkey/client/browser';

const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const connect = find<HTMLButtonElement>('connect');
const note = find<HTMLFormElement>('note');
const site = document.querySelector<HTMLMetaElement>('meta[name=forum]')?.content ?? '';

/** As text: what a forum says is never markup here. */
const say = (sentence: string): void => {
  find('status').textContent = sentence;
};

/** Says what went wrong and what to do about it; never the key. */
const trying = (work: () => Promise<void>) => (): Promise<void> =>
  work().catch((error: unknown) => {
    // Browsers do not tell a page why it may not read an answer.
    const isHidden = error instanceof ValetkeyError && error.code === 'site_unreachable';
    const hint = isHidden ? ` Or the forum’s admin has yet to list ${location.origin} in cors_origins.` : '';
    say((error instanceof Error ? error.message : String(error)) + hint);
  });

connect.onclick = trying(async () => {
  // The key pair waits in this browser's IndexedDB, and no script can take the private half out of it.
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
say('You are nobody yet.');
await trying(async () => {
  const granted = await finishLogin();
  // The key stays in this variable: a page that is loaded anew asks anew, and no other script finds it in a store.
  if (granted) await show(createConnection(granted));
})();
