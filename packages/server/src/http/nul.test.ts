import { createTestSite, keyRequest, query } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import { readBody } from './read-body.ts';

const bodyOf = (body: string, type: string) =>
  readBody(new Request('http://forum.example', { method: 'POST', body, headers: { 'content-type': type } }));
const rejected = { code: 'parameter_invalid', details: { reason: 'nul_character' } };

describe('text with NUL', () => {
  test.each([
    ['a value of JSON', '{"scopes":"read\\u0000"}', 'application/json'],
    ['a nested value', '{"scopes":[{"id":["a\\u0000"]}]}', 'application/json'],
    ['a nested name', '{"scopes":{"a\\u0000":1}}', 'application/json'],
    ['a name', '{"a\\u0000":1}', 'application/json'],
    ['a field of a form', 'scopes=read%00', 'application/x-www-form-urlencoded'],
  ])('%s: is rejected', async (_place, body, type) => {
    await expect(bodyOf(body, type)).rejects.toMatchObject(rejected);
  });

  test('JSON that is nested as deeply as a body can be: is examined without an overflow', async () => {
    const deep = `{"a":${'['.repeat(32_000)}"\\u0000"${']'.repeat(32_000)}}`;
    await expect(bodyOf(deep, 'application/json')).rejects.toMatchObject(rejected);
  });

  test('a body that the site has parsed: is rejected too, also after an undefined value', async () => {
    const request = new Request('http://forum.example', { method: 'POST' });
    const parsed = { first: undefined, list: [undefined, 'a\0'] };
    const json = new Request(request, { headers: { 'content-type': 'application/json' } });
    await expect(readBody(json, parsed)).rejects.toMatchObject(rejected);
  });

  test('in the query of an endpoint: 400 parameter_invalid, whatever the store', async () => {
    const { get } = await createTestSite();
    const response = await get(`/user-api-key/new.json${query({ ...keyRequest(), unknown: 'a\0' })}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'parameter_invalid', parameter: 'unknown' });
  });

  test('an escaped backslash before u0000: is no NUL', async () => {
    expect(await bodyOf('{"a":"\\\\u0000"}', 'application/json')).toEqual({ a: '\\u0000' });
  });
});
