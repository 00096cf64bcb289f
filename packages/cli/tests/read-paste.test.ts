import { PassThrough } from 'node:stream';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { readPaste } from '../src/login/read-paste.ts';

const PAYLOAD = Buffer.alloc(256, 7).toString('base64');
const WRAPPED = PAYLOAD.replace(/.{60}/g, '$&\n');

const said: string[] = [];
const print = vi.spyOn(console, 'error').mockImplementation((text) => void said.push(String(text)));
afterAll(() => print.mockRestore());
afterEach(() => void said.splice(0));

function typing(text: string, isTTY: boolean, isEnded = true) {
  const input = Object.assign(new PassThrough(), { isTTY });
  input[isEnded ? 'end' : 'write'](text);
  return Object.assign(readPaste(input, new AbortController().signal, 0), { input });
}

test.each([
  ['one line', `${PAYLOAD}\n`],
  ['many lines', `${WRAPPED}\n`],
  ['JSON', `{"payload":"${PAYLOAD}"}\n`],
  ['JSON on many lines', `{\n  "payload": ${JSON.stringify(WRAPPED)}\n}\n`],
  ['JSON with the redirect URL', `{"redirect_url":"myapp://cb?payload=${encodeURIComponent(PAYLOAD)}"}\n`],
  ['the parameter', `payload=${encodeURIComponent(PAYLOAD)}\n`],
  ['the parameter, not encoded', `  payload=${PAYLOAD}\n`],
  ['a JSON string', `"${PAYLOAD}"\n`],
  ['a URL', `myapp://cb?payload=${encodeURIComponent(PAYLOAD)}&x=1\n`],
])('paste: accepts %s without waiting for the end of the input', async (_form, text) => {
  expect((await typing(text, true, false)).trim()).toBe(text.trim());
  expect((await typing(text, false, false)).trim()).toBe(text.trim());
});

test('paste: starts again at a terminal after an empty line', async () => {
  expect(await typing(`${PAYLOAD.slice(0, 90)}\n\n${PAYLOAD}\n`, true, false)).toBe(`${PAYLOAD}\n`);
});

test.each([
  ['a sentence', 'hello, what is this?'],
  ['one word', 'nonsense'],
  ['a key instead of a payload', 'ab'.repeat(16)],
  ['a URL without a payload', 'https://forum.example/user-api-key/new?scopes=read&nonce=1234567890'],
  ['a public key', '-----BEGIN PUBLIC KEY-----'],
  ['too much base64', 'x'.repeat(2_000)],
])('paste: reports %s at once', async (_case, garbage) => {
  const atTerminal = typing(`${garbage}\n`, true, false);
  await expect.poll(() => said.join()).toContain('is not a complete encrypted key. Copy the whole text');
  atTerminal.input.write(`${PAYLOAD}\n`);
  expect(await atTerminal).toBe(`${PAYLOAD}\n`);
  await expect(typing(`${garbage}\n`, false, false)).rejects.toMatchObject({ exitCode: 5 });
});

test('paste: reports a truncated text at once, and accepts the rest', async () => {
  const atTerminal = typing(`${PAYLOAD.slice(0, 120)}\n`, true, false);
  await expect.poll(() => said.join()).toContain('Paste the rest');
  atTerminal.input.write(`${PAYLOAD.slice(120)}\n`);
  expect(await atTerminal).toContain(PAYLOAD.slice(120));
});

test.each([[''], ['nonsense\n'], [PAYLOAD.slice(0, 200)], ['\n\n'], ['x'.repeat(70_000)]])(
  'paste: fails if the input ends after %.10j',
  async (text) => {
    await expect(typing(text, false)).rejects.toMatchObject({ exitCode: 5 });
    await expect(typing(text, true)).rejects.toMatchObject({ exitCode: 5 });
  },
);
