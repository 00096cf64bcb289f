import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { findSecretShapes } from './secret-shapes.ts';

const secrets: Readonly<Record<string, string>> = {
  'a user API key': createHash('sha256').update('key').digest('hex').slice(0, 32),
  'an admin key': createHash('sha256').update('admin key').digest('hex'),
  'a session': `aA${randomBytes(32).toString('base64url').slice(2)}`,
  'a payload': randomBytes(256).toString('base64'),
  'a short nonce': '/user-api-key/new?nonce=n',
  'a key of another form': '/latest.json?user_api_key=x',
  'a code': 'WXYZ-2345',
  'a private key': '-----BEGIN PRIVATE KEY-----',
  'a header': "'user-api-key': 'x'",
};

test.each(Object.entries(secrets))(
  'findSecretShapes: finds %s in a log without repeating it',
  (_, secret) => {
    const problems = findSecretShapes('forum.log', `GET /latest.json 200 3 ms\nError: no (${secret})\n`);
    expect(problems[0]).toMatch(/^forum\.log:2 looks as if it held a/);
    expect(problems.join()).not.toContain(secret);
  },
);

test('findSecretShapes: accepts the normal output of a forum', () => {
  const log = `listening on http://127.0.0.1:4800
  Data       /tmp/valetkey-forum-AbCdEf
GET /user-api-key/new 200 3 ms
POST /session/otp/[redacted] 303 12 ms
GET /t/whose-plums-and-pears-are-these-and-what-shall-we-do-with-them/12/3.json 200 1 ms
A push to 127.0.0.1:9 failed: refused; it will be retried.
Error: no such table: user_api_keys
    at createSqliteStore (file:///home/someone/valetkey/packages/sql-store/src/sqlite/sqlite-store.ts:49:12)
  code: 'ERR_SQLITE_ERROR', errcode: 1`;
  expect(findSecretShapes('forum.log', log)).toEqual([]);
});
