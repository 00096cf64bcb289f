import { expect, test } from 'vitest';
import { createSigningKeys } from './signing-keys.ts';

const WEEK = 7 * 86_400_000;

test('createSigningKeys: the next key is published before its first use, and the last one after its last', async () => {
  let now = 100 * WEEK;
  const keys = createSigningKeys('a secret', () => now);
  const first = await keys.current();
  const announced = (await keys.published()).keys.map(({ kid }) => kid);
  now += WEEK;
  const second = await keys.current();
  expect(second.id).not.toBe(first.id);
  expect(announced).toContain(second.id);
  expect((await keys.published()).keys.map(({ kid }) => kid)).toContain(first.id);
});

test('createSigningKeys: nodes with the same secret have the same keys, others have not; no private part is published', async () => {
  const now = () => 100 * WEEK;
  const [one, same, other] = await Promise.all(
    ['a', 'a', 'b'].map((secret) => createSigningKeys(secret, now).current()),
  );
  expect(one?.id).toBe(same?.id);
  expect(one?.id).not.toBe(other?.id);
  const { keys } = await createSigningKeys('a', now).published();
  for (const key of keys)
    expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
});
