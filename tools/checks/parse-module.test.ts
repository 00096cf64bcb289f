import { expect, test } from 'vitest';
import { parseModule } from './parse-module.ts';

const importsOf = (text: string) =>
  parseModule('a.ts', text).imports.map(({ specifier, isTypeOnly }) => [
    specifier,
    isTypeOnly ? 'types' : 'runtime',
  ]);

test.each([
  ["import a from './a.ts';", './a.ts', 'runtime'],
  ["import './a.ts';", './a.ts', 'runtime'],
  ["import type { A } from './a.ts';", './a.ts', 'types'],
  ["import { type A } from './a.ts';", './a.ts', 'runtime'],
  ["export { a } from './a.ts';", './a.ts', 'runtime'],
  ["export type { A } from './a.ts';", './a.ts', 'types'],
  ["export * from './a.ts';", './a.ts', 'runtime'],
  ["const a = await import('./a.ts');", './a.ts', 'runtime'],
])('%s is an import', (text, specifier, kind) => {
  expect(importsOf(text)).toEqual([[specifier, kind]]);
});

test('an import in a comment or a text is none', () => {
  expect(importsOf(`// import './a.ts'\nconst text = "import './b.ts'";`)).toEqual([]);
});

test('an export is documented by the comment right before it, and by no other', () => {
  const { exports } = parseModule(
    'a.ts',
    `/** One. */
    export const one = 1;
    /* Not for readers. */
    export const two = 2;
    /** Of something else. */
    const hidden = 3;
    export function three() { return hidden; }`,
  );
  expect(exports.map(({ name, isDocumented }) => [name, isDocumented])).toEqual([
    ['one', true],
    ['two', false],
    ['three', false],
  ]);
});

test('what is passed on says under which name it is found', () => {
  const { exports } = parseModule('a.ts', "export { inner as outer } from './b.ts'; export * from './c.ts';");
  expect(exports.map(({ name, from }) => ({ name, from }))).toEqual([
    { name: 'outer', from: { specifier: './b.ts', name: 'inner' } },
    { name: '*', from: { specifier: './c.ts', name: '*' } },
  ]);
});

test('a file that cannot be read is named', () => {
  expect(() => parseModule('broken.ts', 'import {')).toThrow('broken.ts');
});
