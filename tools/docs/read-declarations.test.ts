import { expect, test } from 'vitest';
import { exampleCode, parseDocstring } from './docstring.ts';
import { parseDeclarations } from './read-declarations.ts';

const read = (text: string) => parseDeclarations('a.ts', text)[0];

test.each([
  [
    'export async function f(a: string, { b }: X = {}): Promise<T> { return g(a); }',
    'function f(a: string, { b }: X = {}): Promise<T>',
  ],
  ['export function f(a: string): void;', 'function f(a: string): void;'],
  [
    'export interface I extends J { /** Inner. */ readonly a?: string }',
    'interface I extends J { /** Inner. */ readonly a?: string }',
  ],
  ["export type T = 'a' | 'b';", "type T = 'a' | 'b';"],
  ['export const table: Table = { a: 1 };', 'const table: Table'],
  ['export const secret = { a: 1 };', 'const secret'],
  ['export const f = (a: string): number => a.length;', 'const f = (a: string): number'],
  [
    'export class C extends D { private x = 1; /** Doc. */ get y(): number { return 1; } }',
    'class C extends D {\n  /** Doc. */\n  get y(): number\n}',
  ],
])('parseDeclarations: returns the signature of %s without its implementation', (text, signature) => {
  expect(read(text)?.signature).toBe(signature);
});

test('parseDeclarations: returns the docstring directly before an export, and no other comment', () => {
  expect(read('/** Doc. */\nexport const a: A = 1;')?.comment).toBe('* Doc. ');
  expect(read('/** Doc of something else. */\nlet x;\nexport const a: A = 1;')?.comment).toBeNull();
  expect(read('/* No docstring. */\nexport const a: A = 1;')?.comment).toBeNull();
});

test('parseDocstring: returns text and tags, wherever they begin', () => {
  const comment = `*
 * Does it, at @valetkey or not.
 *
 * @param name who does it,
 *   and why
 * @throws {Error} never
 * @example
 * \`\`\`ts
 * doIt();
 *   indented();
 * \`\`\`
 `;
  expect(parseDocstring(comment)).toEqual({
    text: 'Does it, at @valetkey or not.',
    tags: [
      { name: 'param', text: 'name who does it,\n  and why' },
      { name: 'throws', text: '{Error} never' },
      { name: 'example', text: '```ts\ndoIt();\n  indented();\n```' },
    ],
  });
  expect(parseDocstring('* Sends it. @throws {Error} `no` ')).toEqual({
    text: 'Sends it.',
    tags: [{ name: 'throws', text: '{Error} `no`' }],
  });
  expect(exampleCode('```ts\na();\nb();\n```')).toBe('a();\nb();');
  expect(exampleCode('a(); // 1')).toBe('a(); // 1');
});
