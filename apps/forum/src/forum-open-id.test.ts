import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createForumOpenId } from './forum-open-id.ts';

function createFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-secret-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const users = { find: () => null };
  const open = () => createForumOpenId({ users, baseUrl: 'http://forum.example' } as never, folder).secret;
  return { folder, file: join(folder, 'openid-secret'), open };
}

test('the secret of a folder: is the same for every forum, and only its owner can read it', () => {
  const { folder, file, open } = createFolder();
  const secret = open();
  expect([open(), readFileSync(file, 'utf8')]).toEqual([secret, secret]);
  expect(readdirSync(folder)).toEqual(['openid-secret']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('the secret of a folder: an empty file is an error, and leaves no other file behind', () => {
  const { folder, file, open } = createFolder();
  writeFileSync(file, '');
  expect(open).toThrow('is empty');
  expect(readdirSync(folder)).toEqual(['openid-secret']);
});
