import { createTestSite } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';
import { createKeyUseCounts, dayOf } from './key-use-counts.ts';

const READ = { name: 'list#latest' };

async function useKey() {
  const site = await createTestSite();
  const { key } = await site.approve({ scopes: 'read' });
  const [record] = await site.valetkey.keysOf('id-alice');
  const keyId = record?.id ?? 0;
  const counted = async () => {
    await site.valetkey.runDailyJobs();
    const uses = await site.store.listKeyUses({ keyIds: [keyId], sinceDay: 0 });
    return Object.fromEntries(
      uses.map(({ day, outcome, count }) => [`${day - dayOf(site.now())} ${outcome}`, count]),
    );
  };
  return { site, key, counted };
}

test('uses of a key: are counted per day, with each refusal and the scopes that it required', async () => {
  const { site, key, counted } = await useKey();
  for (let use = 0; use < 3; use += 1) await site.authorize(key, READ);
  await site.authorize(key, { name: 'posts#create' }, { method: 'POST' });
  await site.authorize(key, { name: 'posts#create' }, { method: 'POST' });
  expect(await counted()).toEqual({ '0 allowed': 3, '0 scope_insufficient:write': 2 });
  site.advance(86_400_000);
  await site.authorize(key, READ);
  expect(await counted()).toEqual({ '-1 allowed': 3, '-1 scope_insufficient:write': 2, '0 allowed': 1 });
});

test('uses of a key: refusals of a suspended user are counted', async () => {
  const { site, key, counted } = await useKey();
  site.changeUser('alice', { isSuspended: true });
  await site.authorize(key, READ);
  expect(await counted()).toEqual({ '0 user_suspended': 1 });
});

test('uses of a key: a text that is no key is counted nowhere', async () => {
  const { site } = await useKey();
  await site.authorize('0'.repeat(32), READ);
  await site.valetkey.runDailyJobs();
  expect(await site.store.sumKeyUses({ sinceDay: 0 })).toEqual([]);
});

test('uses of a key: are deleted after 31 days', async () => {
  const { site, key, counted } = await useKey();
  await site.authorize(key, READ);
  await counted();
  site.advance(31 * 86_400_000);
  expect(await counted()).toEqual({ '-31 allowed': 1 });
  site.advance(86_400_000);
  expect(await counted()).toEqual({});
});

test('createKeyUseCounts: keeps what could not be stored, and drops counts above the maximum', async () => {
  const stored: number[] = [];
  let isDown = true;
  const counts = createKeyUseCounts(async (batch) => {
    if (isDown) throw new Error('The database is down.');
    stored.push(
      batch.length,
      batch.reduce((sum, { count }) => sum + count, 0),
    );
  });
  for (let id = 0; id < 20_010; id += 1) counts.countAllowed(id, 0, 1);
  await expect(counts.flush()).rejects.toThrow('The database is down.');
  counts.countAllowed(7, 0, 5);
  isDown = false;
  await counts.flush();
  expect(stored).toEqual([20_000, 20_005]);
  await counts.flush();
  expect(stored).toHaveLength(2);
});
