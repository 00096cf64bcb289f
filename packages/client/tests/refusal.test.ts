import { describe, expect, test } from 'vitest';
import { readSiteRefusal } from '../src/index.ts';

const refuse = (body: unknown, headers: Record<string, string> = {}, status = 422) =>
  readSiteRefusal(Response.json(body, { status, headers }), Date.parse('2026-01-01T00:00:00Z'));

describe('SiteRefusal.errors', () => {
  test.each<[string, unknown, string[]]>([
    [
      'Discourse: array',
      { errors: ['Title is too short', 'Body is empty'] },
      ['Title is too short', 'Body is empty'],
    ],
    [
      'Rails: object of arrays',
      { errors: { email: ['is invalid'], base: ['Too many'] } },
      ['email: is invalid', 'Too many'],
    ],
    ['object of strings', { errors: { email: 'is invalid' } }, ['email: is invalid']],
    ['string in errors', { errors: 'It is invalid.' }, ['It is invalid.']],
    ['string in error', { error: 'It is invalid.' }, ['It is invalid.']],
    ['message', { message: 'It is invalid.' }, ['It is invalid.']],
    [
      'message beside a status text',
      { status: 422, error: 'Unprocessable Entity', message: 'No title.' },
      ['No title.'],
    ],
    ['error object', { error: { code: 7, message: 'No title.' } }, ['No title.']],
    ['RFC 9457', { type: 'about:blank', title: 'Invalid', detail: 'No title.' }, ['No title.']],
    ['RFC 6749', { error: 'invalid_scope', error_description: 'No such scope.' }, ['No such scope.']],
    ['JSON:API', { errors: [{ status: '422', title: 'Invalid', detail: 'No title.' }] }, ['No title.']],
    [
      'array of objects with a field',
      { errors: [{ field: 'email', message: 'is invalid' }] },
      ['email: is invalid'],
    ],
    ['FastAPI', { detail: [{ loc: ['body', 'q'], msg: 'field required' }] }, ['field required']],
    [
      'Django: fields without a member',
      { email: ['This field is required.'] },
      ['email: This field is required.'],
    ],
    ['top-level array', ['No title.'], ['No title.']],
    ['top-level string', 'No title.', ['No title.']],
  ])('shows the reasons of %s', async (_shape, body, reasons) => {
    const refusal = await refuse(body);
    expect(refusal.errors).toEqual(reasons);
    expect(refusal.message).toContain(reasons[0]);
  });

  test.each([
    ['no reason', { errors: [], id: 7 }],
    ['empty texts', { errors: ['', { email: [''] }], message: '' }],
    ['numbers', { errors: [1, 2], error: 3 }],
    ['reasons nested too deep', { errors: [[[[[['deep']]]]]] }],
  ])('reports the status for %s', async (_case, body) => {
    expect((await refuse(body)).errors).toEqual(['The site responded with status 422.']);
  });

  test('shows the beginning of a plain text, and nothing of a page', async () => {
    const refuseText = async (text: string, type: string) =>
      (await readSiteRefusal(new Response(text, { status: 422, headers: { 'content-type': type } }))).errors;
    expect(await refuseText('No title.\n', 'text/plain; charset=utf-8')).toEqual(['No title.']);
    expect(await refuseText('x'.repeat(9_999), 'text/plain')).toEqual(['x'.repeat(500)]);
    expect(await refuseText('\n', 'text/plain')).toEqual(['The site responded with status 422.']);
    expect(await refuseText('No title.', 'text/html; charset=utf-8')).toEqual(['No title.']);
    expect(await refuseText('\n<h1>No title.</h1>', 'text/html')).toEqual([
      'The site responded with status 422 and a page.',
    ]);
  });

  test('is limited to ten reasons', async () => {
    expect((await refuse({ errors: { name: Array(50).fill('is invalid') } })).errors).toHaveLength(10);
  });
});

test.each([
  ['the list of the site', { required_scopes: ['photos:write'] }, ['photos:write']],
  ['empty, if no scope of the site allows the request', { required_scopes: [] }, []],
  ['null without a list', {}, null],
  ['null for another value', { required_scopes: 'photos:write' }, null],
])('SiteRefusal.requiredScopes: %s', async (_case, body, scopes) => {
  const refusal = await refuse({ errors: ['No.'], code: 'scope_insufficient', ...body }, {}, 403);
  expect(refusal.requiredScopes).toEqual(scopes);
});

describe('SiteRefusal.waitSeconds', () => {
  const DATE = 'Wed, 31 Dec 2025 23:00:00 GMT';

  test.each<[string, Record<string, string>, number | null]>([
    ['seconds', { 'retry-after': '30' }, 30],
    ['an IMF date', { 'retry-after': 'Thu, 01 Jan 2026 00:01:30 GMT' }, 90],
    ['an RFC 850 date', { 'retry-after': 'Thursday, 01-Jan-26 00:01:30 GMT' }, 90],
    ['an asctime date, which is in GMT', { 'retry-after': 'Thu Jan  1 00:01:30 2026' }, 90],
    ['a date, by the clock of the site', { 'retry-after': 'Wed, 31 Dec 2025 23:00:05 GMT', date: DATE }, 5],
    ['a date in the past', { 'retry-after': DATE }, 0],
    ['a date in the far future', { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }, 999_999_999],
    ['no date and no number', { 'retry-after': 'soon' }, null],
    ['an ISO date, which HTTP does not allow', { 'retry-after': '2026-01-01T00:01:30Z' }, null],
    ['a negative number', { 'retry-after': '-5' }, null],
  ])('reads Retry-After with %s', async (_case, headers, seconds) => {
    expect((await refuse({}, headers, 429)).waitSeconds).toBe(seconds);
  });
});
