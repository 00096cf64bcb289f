import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const folder = new URL('.', import.meta.url).href;

/** Prints the languages whose modules each step loads. A process of its own, because this one has loaded them all. */
const program = `
  import { registerHooks } from 'node:module';
  const loaded = new Set();
  registerHooks({
    load(url, context, next) {
      const [, language] = /\\/ui\\/messages\\/(\\w\\w)[./]/.exec(url) ?? [];
      if (language) loaded.add(language);
      return next(url, context);
    },
  });
  const steps = {};
  const record = (step) => {
    steps[step] = [...loaded].sort();
    loaded.clear();
  };
  await import('${new URL('../../index.ts', import.meta.url)}');
  const { loadTexts } = await import('${folder}languages.ts');
  record('start');
  await loadTexts('en-GB');
  record('English page');
  await loadTexts('de-AT');
  record('German page');
  console.log(JSON.stringify(steps));
`;

test('languages: the server and its English pages load the messages of no other language', {
  timeout: 60_000,
}, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  expect(JSON.parse(stdout)).toEqual({ start: ['en'], 'English page': [], 'German page': ['de'] });
});
