import fc from 'fast-check';
import { expect, test } from 'vitest';
import { localPath } from '../src/http/local-path.ts';
import { BASE, createTestForum, PASSWORD } from './test-forum.ts';

const hostile = [
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  'https://evil.example',
  'https:evil.example',
  'https:/evil.example',
  'javascript:alert(1)',
  'data:text/html,hello',
  '/.//evil.example',
  '/./\\evil.example',
  '/a/..//evil.example',
  '/%2e//evil.example',
  '/a/%2e%2e//evil.example',
  'evil.example',
  '@evil.example',
  '/@evil.example\\..',
  '//forum.example@evil.example',
  '',
];

const whereItLeads = (location: string) => new URL(location, `${BASE}/login`).origin;

test.each(hostile)('return_to %j: never redirects to another site', async (returnTo) => {
  const { browser, signedIn } = await createTestForum();
  const visitor = browser();
  await visitor.fetchCsrfToken();
  const answer = await visitor.submit('/login', { return_to: returnTo, login: 'alice', password: PASSWORD });
  expect(answer.status).toBe(303);
  expect(whereItLeads(answer.headers.get('location') ?? '')).toBe(BASE);

  const alice = await signedIn('alice');
  const already = await alice.get(`/login?return_to=${encodeURIComponent(returnTo)}`);
  expect(whereItLeads(already.headers.get('location') ?? '')).toBe(BASE);
});

test('localPath: never returns another site for any input', () => {
  const segments = fc.constantFrom(
    '',
    '.',
    '..',
    '%2e',
    '%2E%2e',
    '\\',
    '\t',
    '\n',
    '@',
    '?',
    '#',
    'https:',
    'evil.example',
  );
  const separators = fc.constantFrom('/', '/', '\\', '%2f', '');
  fc.assert(
    fc.property(fc.array(fc.tuple(separators, segments), { maxLength: 6 }), (parts) => {
      const returnTo = `/${parts.flat().join('')}//evil.example`;
      expect(whereItLeads(localPath(returnTo))).toBe(BASE);
    }),
    { numRuns: 3_000 },
  );
});

test.each([
  '/',
  '/latest',
  '/t/welcome/1?page=2#post-3',
  '/search?q=%2F%2Fevil.example',
  '/user-api-key/new?auth_redirect=https%3A%2F%2Fapp.example%2Fcb',
])('localPath: keeps %s unchanged', (path) => {
  expect(localPath(path)).toBe(path);
});
