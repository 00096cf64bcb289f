import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEnglish } from './en.ts';
import { createFormat, type PluralForms } from './format.ts';
import { LANGUAGES, textsOf } from './languages.ts';

const languages = Object.entries(LANGUAGES).map(([tag, { createMessages }]) => ({
  tag,
  messages: createMessages(createFormat(tag)),
}));
const english = createEnglish(createFormat('en'));

/** The messages of a tree by their path, such as `apps.rotate.create`. */
function flatten(tree: object, path = ''): [path: string, message: unknown][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'object' ? flatten(value, `${path}${name}.`) : [[path + name, value]],
  );
}

/** The pages take a member of these groups by a value, such as an action: their names do not appear in the source. */
const GROUPS_BY_VALUE = [
  'admin.pages',
  'admin.overview.about',
  'adminKeys.modes',
  'apps.kinds',
  'apps.sorts',
  'audit.actions',
  'audit.events',
  'consent.risks',
  'device.problems',
  'oauth.identity',
  'oauthClients.kinds',
  'scopes',
  'settings.sections',
  'usage.reasons',
];

/** Stands for the parameters of every message: links, numbers and texts. */
const parameters = new Proxy(
  {},
  {
    get(_, name) {
      if (name === 'link') return (text: string) => text;
      if (name === 'values' || name === 'settings') return ['one', 'two'];
      if (name === 'setting') return 'audit_retention_days';
      if (name === 'reason') return 'changed_meanwhile';
      return /count|days|seconds|keys|min|max|times|hours|position|year/i.test(String(name)) ? 2 : 'value';
    },
  },
);

test.each(languages)('messages in $tag: are the same as in English, and none is empty', ({ messages }) => {
  const shape = (tree: object) => flatten(tree).map(([path, message]) => `${path}: ${typeof message}`);
  expect(shape(messages).toSorted()).toEqual(shape(english).toSorted());
  expect(flatten(messages).filter(([, message]) => message === '')).toEqual([]);
});

test.each(languages)('messages in $tag: have a form for every plural category', ({ tag }) => {
  const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
  const incomplete: string[] = [];
  const format = {
    ...createFormat(tag),
    plural(_count: number, forms: PluralForms) {
      // French has `many` for a million and more, where `other` is right too.
      const missing = pluralCategories.filter((category) => category !== 'many' && !(category in forms));
      const isArabic = tag === 'ar' && pluralCategories.includes('many') && !('many' in forms);
      if (missing.length > 0 || isArabic) incomplete.push(JSON.stringify(forms));
      return forms.other;
    },
  };
  const messages = LANGUAGES[tag]?.createMessages(format) ?? {};
  for (const [path, message] of flatten(messages)) {
    if (typeof message !== 'function' || path === 'common.error.describe') continue;
    message(parameters, {});
  }
  expect(incomplete).toEqual([]);
});

test('messages: every one is used by a page', () => {
  const ui = join(import.meta.dirname, '..');
  const files = readdirSync(ui, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('messages/'))
    .map((file) => readFileSync(join(ui, file), 'utf8'));
  const source = files.join('\n');
  const uses = (name: string) => new RegExp(`\\b${name}\\b`).test(source);
  const unused = flatten(english)
    .map(([path]) => path)
    .filter((path) => !uses(path.slice(path.lastIndexOf('.') + 1)))
    .filter((path) => !GROUPS_BY_VALUE.some((group) => path.startsWith(`${group}.`)));
  expect(unused).toEqual([]);
});

test('pseudo-messages: change every text but no tag, and are longer', async () => {
  const { t } = textsOf('en-XA');
  expect(t.common.approve).toBe('ÁÁppróóvéé');
  expect(String(await t.common.signedInAs({ username: '<b>' }))).toBe(
    'Yóóúú ááréé síígnééd íín áás <strong><bdi>&lt;b&gt;</bdi></strong>.',
  );
  const texts = (tree: object) => flatten(tree).filter(([, message]) => typeof message === 'string');
  const same = texts(t).filter(([path, text]) => texts(english).some(([p, e]) => p === path && e === text));
  expect(same).toEqual([]);
});
