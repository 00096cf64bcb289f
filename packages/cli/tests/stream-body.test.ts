import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { streamBody } from '../src/use-key/stream-body.ts';

/** Prints a body in chunks of one byte, so that every sequence is split. */
async function print(body: string, isTTY: boolean): Promise<string> {
  const output = Object.assign(new PassThrough(), { isTTY });
  const bytes = new TextEncoder().encode(body);
  const chunks = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(new Uint8Array([byte]));
      controller.close();
    },
  });
  const kept = await streamBody(new Response(chunks), output);
  expect(kept.toString()).toBe(body);
  output.end();
  return text(output);
}

test.each([
  ['a colour', '\u001b[31mred', '\uFFFD[31mred\n'],
  ['a window title', '\u001b]0;owned\u0007', '\uFFFD]0;owned\uFFFD\n'],
  ['an 8-bit control sequence', '\u009b2J', '\uFFFD2J\n'],
  ['a text direction', 'a\u202Eb', 'a\uFFFDb\n'],
  ['a carriage return', 'safe\rbad', 'safe\uFFFDbad\n'],
  ['umlauts and emoji', 'ä 😀\n', 'ä 😀\n'],
])(
  'request: makes %s harmless on a terminal, and leaves it as it is in a pipe',
  async (_case, body, shown) => {
    expect(await print(body, true)).toBe(shown);
    expect(await print(body, false)).toBe(body);
  },
);
