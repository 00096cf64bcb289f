import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GrantedKey } from '@valetkey/client';
import { type ForumProcess, startForumProcess } from '@valetkey/test-support/forum-process';
import { type SignedInUser, signIn } from '@valetkey/test-support/sign-in';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

// Inside the project, so that package names resolve.
const root = join(import.meta.dirname, '../..');
const folder = join(root, 'test-results/client-readme');
const readme = readFileSync(join(root, 'packages/client/README.md'), 'utf8');

let forum: ForumProcess;
let alice: SignedInUser;
beforeAll(async () => {
  forum = await startForumProcess();
  alice = await signIn(forum.url, 'alice');
  const admin = await signIn(forum.url, 'admin');
  const name = 'allowed_user_api_auth_redirects';
  const value = 'http://127.0.0.1/*|myapp://callback|https://app.example/callback';
  await admin.send('PUT', `/admin/site_settings/${name}.json`, { [name]: value });
});
afterAll(() => forum?.stop());

/** Runs the example under a heading unchanged against a real forum, with the declarations that it assumes. */
async function run(
  heading: string,
  around: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, unknown>> {
  const code = readme.split(`## ${heading}\n`)[1]?.match(/```ts\n([\s\S]*?)```/)?.[1] ?? '';
  const file = join(folder, `${heading.replaceAll(' ', '-')}.ts`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${code.replaceAll('https://forum.example', forum.url)}\nexport {};\n`);
  for (const [name, value] of Object.entries({ show, keep, ...around })) vi.stubGlobal(name, value);
  try {
    return await import(file);
  } finally {
    vi.unstubAllGlobals();
  }
}

let shown: string[] = [];
const show = (text: string): void => void shown.push(text);
const kept: GrantedKey[] = [];
const keep = async (granted: GrantedKey): Promise<void> => void kept.push(granted);

/** Approves as alice. @returns the payload, or the redirect */
async function approve(url: URL | string): Promise<string> {
  const asked = Object.fromEntries(new URL(url).searchParams);
  const answer = await (await alice.send('POST', '/user-api-key.json', asked)).json();
  return answer.redirect_url ?? answer.payload;
}
const whoHas = async (key: string) =>
  (await (await fetch(`${forum.url}/session/current.json`, { headers: { 'User-Api-Key': key } })).json())
    .current_user.username;

test('client README: a program on the user’s machine', async () => {
  shown = [];
  const openBrowser = async (url: URL) => void (await fetch(await approve(url)));
  await run("A program on the user's machine", {
    openBrowser,
    title: 'Written by the example of a README',
    raw: 'As it stands there, without a change but the address.',
  });
  expect(shown).toEqual(['alice has written a topic.']);
});

test('client README: a web app with a server and several users', async () => {
  const accounts: [string, string][] = [];
  const keepForThisUser = async (site: string, key: string) => void accounts.push([site, key]);
  const module = await run('A web app with a server and several users', { keepForThisUser });
  vi.stubGlobal('keepForThisUser', keepForThisUser);
  const { connect, callback } = module as {
    connect(request: Request): Promise<Response>;
    callback(request: Request): Promise<Response>;
  };
  const begun = await connect(new Request('https://app.example/connect'));
  const cookie = begun.headers.get('set-cookie')?.split(';')[0] ?? '';
  const answer = await approve(begun.headers.get('location') ?? '');
  expect(answer).toMatch(/^https:\/\/app\.example\/callback\?payload=/);
  await expect(callback(new Request(answer))).rejects.toMatchObject({ code: 'login_unknown' });
  expect((await callback(new Request(answer, { headers: { cookie } }))).status).toBe(303);
  vi.unstubAllGlobals();
  expect(accounts).toEqual([[forum.url, expect.stringMatching(/^[0-9a-f]{32}$/)]]);
});

test('client README: a desktop app with its own URL scheme', async () => {
  const listeners = new Map<string, (event: object, value: unknown) => void>();
  const app = { on: (name: string, listener: () => void) => void listeners.set(name, listener) };
  const shell = {
    openExternal: async (address: string) =>
      listeners.get('second-instance')?.({}, ['electron', '.', await approve(address)]),
  };
  await run('A desktop app with a custom scheme', { app, shell });
  expect(await whoHas(kept.pop()?.key ?? '')).toBe('alice');
});

test('client README: copy and paste, then using the key', async () => {
  shown = [];
  const ask = async () => `${await approve(shown[0]?.match(/http\S+(?=,)/)?.[0] ?? '')}\n`;
  await run('Copy and paste', { ask });
  const { key } = kept.pop() as GrantedKey;
  shown = [];
  await run('Using a key', { site: forum.url, key });
  expect(shown).toEqual([expect.stringContaining('topic_list')]);
  const dead = await fetch(`${forum.url}/latest.json`, { headers: { 'User-Api-Key': key } });
  expect(await dead.json()).toMatchObject({ code: 'key_revoked' });
});
