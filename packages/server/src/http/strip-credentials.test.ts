import { expect, test } from 'vitest';
import { readCredentials } from './read-credentials.ts';
import { stripCredentials } from './strip-credentials.ts';

const KEY = 'ab'.repeat(16);

test('stripCredentials: removes every header that carries a key, and no other', () => {
  const { headers } = stripCredentials(
    {
      'User-Api-Key': KEY,
      'User-Api-Client-Id': 'phone',
      'Api-Key': KEY.repeat(2),
      'Api-Username': 'alice',
      Authorization: `Bearer ${KEY}`,
      Cookie: 'a=b',
      Accept: 'text/html',
    },
    '/latest.json',
  );
  expect([...headers.keys()].sort()).toEqual(['accept', 'cookie']);
});

test.each([
  [`bearer ${KEY}`, null],
  [`Basic YWxpY2U6c2VjcmV0, Bearer ${KEY}`, null],
  [`Basic ${btoa(`x:${KEY}`)}`, null],
  ['Basic YWxpY2U6c2VjcmV0', 'Basic YWxpY2U6c2VjcmV0'],
])('stripCredentials: Authorization %s', (authorization, kept) => {
  expect(stripCredentials({ authorization }, '/').headers.get('authorization')).toBe(kept);
});

test.each([
  [`/a.ics?user_api_key=${KEY}`, '/a.ics'],
  [`/a.ics?x=1&user_api_key=${KEY}&y=a%20b+c`, '/a.ics?x=1&y=a%20b+c'],
  [`https://x.example/a?user%5Fapi%5Fkey=${KEY}&user_api_key=${KEY}#z`, 'https://x.example/a#z'],
  ['/a?user_api_keys=1&x=%zz', '/a?user_api_keys=1&x=%zz'],
  ['/a?', '/a?'],
])('stripCredentials: %s', (url, stripped) => {
  expect(stripCredentials({}, url).url).toBe(stripped);
});

test('readCredentials: reads a plain object of headers through a getter', () => {
  const incoming: Record<string, string | undefined> = { 'user-api-key': KEY };
  const headers = { get: (name: string) => incoming[name] ?? null };
  const request = { method: 'GET', url: '/latest.json', headers };
  expect(readCredentials(request, { name: 'list#latest' }, {})).toEqual({
    kind: 'user_key',
    key: KEY,
    isInUrl: false,
    isBearer: false,
  });
});
