import { expect, test } from 'vitest';
import { createPasswords } from '../src/data/passwords.ts';
import { CHEAP_PASSWORDS } from '../src/testing/start-test-site.ts';

test('passwords: stored as salted argon2id, and verified', async () => {
  const passwords = await createPasswords(CHEAP_PASSWORDS);
  const [hash, another] = await Promise.all([passwords.hash('plum-jam-set'), passwords.hash('plum-jam-set')]);
  expect(hash).toMatch(/^\$argon2id\$/);
  expect(hash).not.toBe(another);
  expect(await passwords.verify(hash, 'plum-jam-set')).toBe(true);
  expect(await passwords.verify(hash, 'plum-jam-Set')).toBe(false);
});

test('passwords: the default cost is what OWASP recommends', async () => {
  expect(await (await createPasswords()).hash('x')).toContain('m=19456,t=2,p=1');
});

test.each(['', 'x', 'nobody has this password'])(
  'passwords: an unknown account rejects %j',
  async (password) => {
    expect(await (await createPasswords(CHEAP_PASSWORDS)).verify(null, password)).toBe(false);
  },
);
