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
])('parseModule: finds the import %s', (text, specifier, kind) => {
  expect(importsOf(text)).toEqual([[specifier, kind]]);
});

test('parseModule: ignores imports in comments and strings', () => {
  expect(importsOf(`// import './a.ts'\nconst text = "import './b.ts'";`)).toEqual([]);
});

test('parseModule: an export is documented by the comment directly before it only', () => {
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

test('parseModule: a re-export has the name under which it is imported', () => {
  const { exports } = parseModule('a.ts', "export { inner as outer } from './b.ts'; export * from './c.ts';");
  expect(exports.map(({ name, from }) => ({ name, from }))).toEqual([
    { name: 'outer', from: { specifier: './b.ts', name: 'inner' } },
    { name: '*', from: { specifier: './c.ts', name: '*' } },
  ]);
});

test('parseModule: names a file that cannot be parsed', () => {
  expect(() => parseModule('broken.ts', 'import {')).toThrow('broken.ts');
});
