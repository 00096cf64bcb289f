import { generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { startTestSite, type TestSite } from '@valetkey/forum/testing';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { asToOldSite } from './as-to-old-site.ts';
import { type Ended, type RecipeRun, runRecipe } from './run-recipe.ts';

const TITLE = 'Made by a script, in somebody’s name & with a “title”';
const TEXT = 'No password was handed to anybody for this topic: 100% + more.';
const LOOPBACK = 'http://127.0.0.1/*';
const { publicKey: FOREIGN_KEY } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

interface ScriptRecipe extends Pick<RecipeRun, 'program' | 'folder'> {
  /** The command line before site, title and text. */
  readonly command: readonly string[];
  /** How the answer comes back: typed in, to an address that the script listens on, or by a scheme of its own. */
  readonly answer: 'paste' | 'loopback' | { readonly redirect: string };
}

/** What every recipe that posts a topic from a terminal promises. */
export function scriptPromises({ program, folder, command, answer }: ScriptRecipe): void {
  let site: TestSite;
  beforeAll(async () => {
    const allowed = typeof answer === 'string' ? LOOPBACK : answer.redirect;
    site = await startTestSite({ settings: { allowed_user_api_auth_redirects: allowed } });
  });
  afterAll(() => site.close());

  /** Where the browser ends: at the script's own address, or as text that the person, or the system, hands over. */
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

  test('prints who approved and the topic that it made, gives the key back, and shows it to nobody', async () => {
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

  test('gives the key back where the site refuses the topic too, and says why', async () => {
    await site.revokeKeys('bob');
    const { exitCode, stdout, stderr } = await run(approve, 'Short');
    expect({ isDone: exitCode === 0, stdout }, stderr).toEqual({ isDone: false, stdout: 'You are bob.\n' });
    expect(stderr).toContain('Title is too short');
    expect(await site.revokeKeys('bob')).toBe(0);
  });

  test('opens what an old site sends, which ignores the padding that was asked for', async () => {
    const { exitCode, stdout, stderr } = await run(async (address) => approve(asToOldSite(address)));
    expect({ exitCode, stdout }, stderr).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^You are bob\.\nMade a topic: \S+\n$/),
    });
  });

  test('takes no answer of an old site that was made for another request either', async () => {
    const { exitCode, stdout, stderr } = await run(async (address) => {
      const other = asToOldSite(address);
      other.searchParams.set('nonce', 'f'.repeat(32));
      return approve(other);
    });
    expect(exitCode).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/another request/);
  });

  test('takes no answer that was made for another request, though it can be opened', async () => {
    const before = await countTopics();
    const { exitCode, stdout, stderr } = await run(async (address) => {
      const other = new URL(address);
      other.searchParams.set('nonce', 'f'.repeat(32));
      return approve(other);
    });
    expect(exitCode).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/another request/);
    expect(await countTopics()).toBe(before);
  });

  test('takes no answer that was sealed for somebody else', async () => {
    const { exitCode, stdout, stderr } = await run(async (address) => {
      const other = new URL(address);
      other.searchParams.set('public_key', FOREIGN_KEY);
      return approve(other);
    });
    expect(exitCode).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/cannot be (opened|decrypted)/);
  });

  test.each(['5', '{}', 'no JSON'])(
    'takes %s, which can be opened and is no answer, for one that cannot be',
    async (text) => {
      const { exitCode, stdout, stderr } = await run(async (address) => {
        const { searchParams } = new URL(address);
        const key = { key: searchParams.get('public_key') ?? '', oaepHash: 'sha1' };
        const payload = publicEncrypt(key, Buffer.from(text)).toString('base64');
        const redirect = searchParams.get('auth_redirect');
        return arrive(redirect && `${redirect}?payload=${encodeURIComponent(payload)}`, payload);
      });
      expect({ isDone: exitCode === 0, stdout }).toEqual({ isDone: false, stdout: '' });
      expect(stderr).toMatch(/cannot be (opened|decrypted)|not the JSON/);
    },
  );

  if (answer === 'loopback') {
    test('takes the answer though a connection stands open that says nothing, as browsers open them ahead', async () => {
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
    test('says that the person declined', async () => {
      const { exitCode, stdout, stderr } = await run(async (address) => arrive(await site.decline(address)));
      expect(exitCode).not.toBe(0);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/declined/);
    });
  }
}
