import { generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { startTestSite, type TestSite } from '@valetkey/forum/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { asToOldSite } from './as-to-old-site.ts';
import { type Ended, type RecipeRun, runRecipe } from './run-recipe.ts';
import { startHostileSite } from './start-hostile-site.ts';

const TITLE = 'Made by a script, for a user & with a “title”';
const TEXT = 'The script that posts this topic has no password: 100% + more.';
const LOOPBACK = 'http://127.0.0.1/*';
const { publicKey: FOREIGN_KEY } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** Sets the title of a terminal, writes to its clipboard, colors, and reverses the text. */
const HOSTILE = '\u001b]0;title\u0007\u001b]52;c;AAAA\u001b\\\u009b31mred\u202ereversed\r';
/** Every control character but the end of a line; \p{C} includes those that change the direction. */
const CONTROL_CHARACTER = /(?!\n)\p{C}/u;

interface ScriptRecipe extends Pick<RecipeRun, 'program' | 'folder'> {
  /** The command line, without site, title and text. */
  readonly command: readonly string[];
  /** How the response arrives: pasted, on a loopback URL, or by a custom scheme. */
  readonly answer: 'paste' | 'loopback' | { readonly redirect: string };
}

/** Declares the tests of a recipe that posts a topic from a terminal. */
export function scriptPromises({ program, folder, command, answer }: ScriptRecipe): void {
  let site: TestSite;
  beforeAll(async () => {
    const allowed = typeof answer === 'string' ? LOOPBACK : answer.redirect;
    site = await startTestSite({ settings: { allowed_user_api_auth_redirects: allowed } });
  });
  afterAll(() => site.close());

  /** Delivers the response to the loopback URL, or returns it as text for standard input. */
  const arrive = async (redirectUrl: string | null, payload = '') => {
    if (answer !== 'loopback') return `${redirectUrl ?? payload}\n`;
    await fetch(redirectUrl ?? '');
    return undefined;
  };
  const run = (onAddress: RecipeRun['onAddress'], title = TITLE): Promise<Ended> =>
    runRecipe({ program, folder, args: [...command, site.url, title, TEXT], onAddress });
  const approve = async (address: string | URL) => {
    const { redirectUrl, payload } = await site.approve(address, 'bob');
    return arrive(redirectUrl, payload);
  };
  const countTopics = async () => {
    const answer = await fetch(`${site.url}/latest.json`);
    return ((await answer.json()) as { topic_list: { topics: unknown[] } }).topic_list.topics.length;
  };

  test('script: prints the user and the new topic, revokes the key, and never prints it', async () => {
    const before = await countTopics();
    const { exitCode, stdout, stderr } = await run(approve);
    expect({ exitCode, stdout }, stderr).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(new RegExp(`^You are bob\\.\\nMade a topic: ${site.url}/t/\\d+\\n$`)),
    });
    const topic = await (await fetch(`${/http\S+/.exec(stdout)?.[0]}.json`)).json();
    expect(topic).toMatchObject({ title: TITLE, details: { created_by: { username: 'bob' } } });
    expect(await countTopics()).toBe(before + 1);
    expect(await site.revokeKeys('bob')).toBe(0);
    expect(stdout + stderr).not.toMatch(/(?<![=&\w])[0-9a-f]{32}(?!\w)|PRIVATE KEY/);
  });

  test('script: revokes the key and prints the reason when the site rejects the topic', async () => {
    await site.revokeKeys('bob');
    const { exitCode, stdout, stderr } = await run(approve, 'Short');
    expect({ isDone: exitCode === 0, stdout }, stderr).toEqual({ isDone: false, stdout: 'You are bob.\n' });
    expect(stderr).toContain('Title is too short');
    expect(await site.revokeKeys('bob')).toBe(0);
  });

  test('script: decrypts the PKCS#1 v1.5 payload of an old site', async () => {
    const { exitCode, stdout, stderr } = await run(async (address) => approve(asToOldSite(address)));
    expect({ exitCode, stdout }, stderr).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^You are bob\.\nMade a topic: \S+\n$/),
    });
  });

  test('script: rejects a response of an old site with another nonce', async () => {
    const { exitCode, stdout, stderr } = await run(async (address) => {
      const other = asToOldSite(address);
      other.searchParams.set('nonce', 'f'.repeat(32));
      return approve(other);
    });
    expect(exitCode).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/nonce/);
  });

  test('script: rejects a response with another nonce', async () => {
    const before = await countTopics();
    const { exitCode, stdout, stderr } = await run(async (address) => {
      const other = new URL(address);
      other.searchParams.set('nonce', 'f'.repeat(32));
      return approve(other);
    });
    expect(exitCode).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/nonce/);
    expect(await countTopics()).toBe(before);
  });

  test('script: rejects a response encrypted for another key pair', async () => {
    const { exitCode, stdout, stderr } = await run(async (address) => {
      const other = new URL(address);
      other.searchParams.set('public_key', FOREIGN_KEY);
      return approve(other);
    });
    expect(exitCode).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/cannot be (opened|decrypted)/);
  });

  test.each(['5', '{}', 'no JSON'])('script: rejects the decrypted text %s', async (text) => {
    const { exitCode, stdout, stderr } = await run(async (address) => {
      const { searchParams } = new URL(address);
      const key = { key: searchParams.get('public_key') ?? '', oaepHash: 'sha1' };
      const payload = publicEncrypt(key, Buffer.from(text)).toString('base64');
      const redirect = searchParams.get('auth_redirect');
      return arrive(redirect && `${redirect}?payload=${encodeURIComponent(payload)}`, payload);
    });
    expect({ isDone: exitCode === 0, stdout }).toEqual({ isDone: false, stdout: '' });
    expect(stderr).toMatch(/cannot be (opened|decrypted)|not the JSON/);
  });

  test.each([
    ['GET /session/current.json', 200, { current_user: { id: 2, username: HOSTILE } }],
    ['POST /posts.json', 200, { id: 9, topic_id: HOSTILE, username: HOSTILE }],
    ['POST /posts.json', 422, { errors: [HOSTILE], error_type: HOSTILE, message: HOSTILE }],
    ['GET /session/current.json', 200, `{"current_user":{"id":2,"username":"${HOSTILE}"}}`],
    ['POST /posts.json', 200, `{"topic_id":"${HOSTILE}"}`],
    ['POST /posts.json', 500, HOSTILE],
  ])('script: prints no control character of a hostile response to %s (%i)', async (row, status, body) => {
    const hostile = await startHostileSite(site.url, { row, status, body });
    const { stdout, stderr } = await runRecipe({
      program,
      folder,
      args: [...command, hostile, TITLE, TEXT],
      onAddress: (address) => approve(address.replace(hostile, site.url)),
    });
    expect(stdout + stderr).not.toMatch(CONTROL_CHARACTER);
    await site.revokeKeys('bob');
  });

  if (answer === 'loopback') {
    test('script: accepts the response while an idle connection is open', async () => {
      const { exitCode, stderr } = await run(async (address) => {
        const redirect = new URL(new URL(address).searchParams.get('auth_redirect') ?? '');
        const silent = connect(Number(redirect.port), redirect.hostname);
        onTestFinished(() => void silent.on('error', () => {}).destroy());
        await once(silent, 'connect');
        return approve(address);
      });
      expect(exitCode, stderr).toBe(0);
    });
  }

  if (answer !== 'paste') {
    test('script: reports that the user declined', async () => {
      const { exitCode, stdout, stderr } = await run(async (address) => arrive(await site.decline(address)));
      expect(exitCode).not.toBe(0);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/declined/);
    });
  }
}
