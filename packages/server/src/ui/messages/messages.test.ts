import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ErrorCode, parseRedirectPatterns } from '@valetkey/protocol';
import { ERROR_CATALOGUE, REASONS, type ReasonCode } from '@valetkey/protocol/messages';
import { expect, test } from 'vitest';
import { createEnglish } from './en.ts';
import { createFormat, type PluralForms } from './format.ts';
import { LANGUAGES, loadTexts } from './languages.ts';

const languages = await Promise.all(
  Object.entries(LANGUAGES).map(async ([tag, { load }]) => {
    const createMessages = await load();
    return { tag, createMessages, messages: createMessages(createFormat(tag)) };
  }),
);
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
  'adminScopes',
  'apps.kinds',
  'apps.sorts',
  'audit.actions',
  'audit.events',
  'blocks.kinds',
  'blocks.form.invalid',
  'blocks.form.missing',
  'consent.risks',
  'device.problems',
  'oauth.identity',
  'oauthClients.kinds',
  'scopes',
  'redirects.reaches',
  'settings.sections',
  'usage.reasons',
];

/** These take a value of the protocol; tests below call them. */
const DESCRIBING = ['common.error.describe', 'settings.describeRedirect'];

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

test.each(languages)('messages in $tag: have a form for every plural category', ({ tag, createMessages }) => {
  const { pluralCategories } = new Intl.PluralRules(tag).resolvedOptions();
  const incomplete: string[] = [];
  const format = {
    ...createFormat(tag),
    plural(_count: number, forms: PluralForms) {
      const missing = pluralCategories.filter((category) => !(category in forms));
      if (missing.length > 0) incomplete.push(JSON.stringify(forms));
      return forms.other;
    },
  };
  for (const [path, message] of flatten(createMessages(format))) {
    if (typeof message === 'function' && !DESCRIBING.includes(path)) message(parameters, {});
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
  const { t } = await loadTexts('en-XA');
  expect(t.common.approve).toBe('ÁÁppróóvéé');
  expect(String(await t.common.signedInAs({ username: '<b>' }))).toBe(
    'Yóóúú ááréé síígnééd íín áás <strong><bdi>&lt;b&gt;</bdi></strong>.',
  );
  const texts = (tree: object) => flatten(tree).filter(([, message]) => typeof message === 'string');
  const same = texts(t).filter(([path, text]) => texts(english).some(([p, e]) => p === path && e === text));
  expect(same).toEqual([]);
});

/** The details that the texts of errors and reasons can contain, each as a marked name. */
const details = Object.fromEntries(
  [...JSON.stringify([ERROR_CATALOGUE, REASONS]).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [
    name,
    `<${name}>`,
  ]),
);
const detailsIn = (text: string): string[] => [...new Set(text.match(/<\w+>/g))].sort();
/** The place is an English phrase. */
const withoutPlace = (names: string[]) => names.filter((name) => name !== '<accepted_in>');

test.each(languages)('errors in $tag: contain the same details as in English', ({ messages }) => {
  for (const code of Object.keys(ERROR_CATALOGUE) as ErrorCode[]) {
    const [own, other] = [messages, english].map(({ common }) => common.error.describe(code, details));
    expect(detailsIn(own?.sentence ?? ''), code).toEqual(detailsIn(other?.sentence ?? ''));
    expect(withoutPlace(detailsIn(own?.advice ?? '')), code).toEqual(
      withoutPlace(detailsIn(other?.advice ?? '')),
    );
    expect(`${own?.sentence}${own?.advice}`, code).not.toMatch(/[[\]{}]/);
    const without = messages.common.error.describe(code, {});
    expect(`${without.sentence}${without.advice}`, code).not.toMatch(/<|[:(] ?[.)]|[[\]{}]/);
  }
});

test.each([
  ['en', 'read, write, push'],
  ['de', 'read, write und push'],
  ['ja', 'read、write、push'],
  ['ar', '\u2068read\u2069 و\u2068write\u2069 و\u2068push\u2069'],
])('errors in %s: join several values as the language does', (tag, list) => {
  const { messages } = languages.find((each) => each.tag === tag) ?? {};
  const refused = { refused_scopes: ['read', 'write', 'push'] };
  expect(messages?.common.error.describe('scope_not_allowed', refused).sentence).toContain(list);
});

test.each(languages)('reasons in $tag: contain the same details as in English', ({ messages }) => {
  const describe = (reason: ReasonCode, { settings }: typeof english) =>
    settings.describeMistake({ ...details, reason });
  for (const reason of Object.keys(REASONS) as ReasonCode[]) {
    expect(detailsIn(describe(reason, messages)), reason).toEqual(detailsIn(describe(reason, english)));
  }
});

test.each(languages)('redirect patterns in $tag: have a different description each', ({ messages }) => {
  const patterns = [
    [
      'https://app.example',
      'https://*.app.example',
      'http://localhost',
      'http://127.0.0.1:3000',
      'myapp://x',
    ],
    ['', '/', '/*', '/cb', '/cb*', '/cb/*', '/cb?*', '/cb?a', '/cb?a*', '/*/cb', '?*', '/cb#x'],
  ] as const;
  const texts = patterns[0]
    .flatMap((place) => patterns[1].map((path) => place + path))
    .concat('*', 'https://app.example:8443/cb', 'http://localhost:3000/cb')
    .flatMap(parseRedirectPatterns)
    .map((pattern) => {
      const { allows, warning } = messages.settings.describeRedirect(pattern);
      if (pattern.parts) expect(allows).toContain(pattern.parts.host);
      expect(`${allows}${warning}`).not.toMatch(/undefined|[\r\n]/);
      return [pattern.parts ? { ...pattern.parts, text: '' } : '*', allows] as const;
    });
  const meanings = new Map<string, string>();
  for (const [meaning, allows] of texts) {
    const before = meanings.get(allows);
    const own = JSON.stringify(meaning);
    if (before !== undefined) expect(own, allows).toBe(before);
    meanings.set(allows, own);
  }
  expect(meanings.size).toBeGreaterThan(50);
});

/** Texts that are the same in a language and in English. */
const SAME_IN_ENGLISH: Readonly<Record<string, readonly string[]>> = {
  de: ['App', 'Apps', 'App (OAuth)', 'Code', 'Feed', 'Feeds', 'Name', 'OAuth', 'Scopes'],
  es: ['Feed', 'Feeds', 'OAuth'],
  fr: ['Agents (MCP)', 'Code', 'Description', 'OAuth', 'Permission', 'Permissions', 'Scopes', 'Sections'],
};

test.each(languages.filter(({ tag }) => tag !== 'en'))(
  'messages in $tag: none is left in English',
  ({ tag, messages }) => {
    const own = new Map(flatten(messages));
    const isSame = (text: unknown) => typeof text === 'string' && SAME_IN_ENGLISH[tag]?.includes(text);
    const left = flatten(english).filter(
      ([path, text]) => typeof text === 'string' && own.get(path) === text && !isSame(text),
    );
    expect(left).toEqual([]);
  },
);
