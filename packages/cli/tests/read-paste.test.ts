import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { readPaste } from '../src/login/read-paste.ts';

const PAYLOAD = Buffer.alloc(256, 7).toString('base64');
const WRAPPED = PAYLOAD.replace(/.{60}/g, '$&\n');

function typing(text: string, isTTY: boolean, isEnded = true): Promise<string> {
  const input = Object.assign(new PassThrough(), { isTTY });
  input[isEnded ? 'end' : 'write'](text);
  return readPaste(input, new AbortController().signal);
}

test('takes a payload on one line or on many, without waiting for the end of the input', async () => {
  expect(await typing(`${PAYLOAD}\n`, true, false)).toBe(`${PAYLOAD}\n`);
  expect(await typing(`${WRAPPED}\n`, true, false)).toBe(`${WRAPPED}\n`);
});

test('lets a person at a terminal paste again after an empty line', async () => {
  expect(await typing(`${PAYLOAD.slice(0, 90)}\n\n${PAYLOAD}\n`, true, false)).toBe(`${PAYLOAD}\n`);
});

test.each([[''], ['nonsense\n'], [PAYLOAD.slice(0, 200)], ['\n\n'], ['x'.repeat(70_000)]])(
  'fails when the input ends and %.10j was all',
  async (text) => {
    await expect(typing(text, false)).rejects.toMatchObject({ exitCode: 5 });
    await expect(typing(text, true)).rejects.toMatchObject({ exitCode: 5 });
  },
);
