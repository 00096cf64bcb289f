import { createTestSite, type TestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const latest = { name: 'list#latest' };

async function use(site: TestSite, key: string, route = latest, init: RequestInit = {}) {
  const outcome = await site.authorize(key, route, init);
  return outcome.kind === 'refused' ? await outcome.response() : null;
}

describe('rate limits of keys', () => {
  const site = () => createTestSite();

  test('allow exactly the limit of 500 concurrent requests, also with a cold cache', async () => {
    const it = await site();
    const { key } = await it.approve();
    const outcomes = await Promise.all(Array.from({ length: 500 }, () => use(it, key)));
    expect(outcomes.filter((response) => response === null)).toHaveLength(20);
    expect(outcomes.filter((response) => response?.status === 429)).toHaveLength(480);
  });

  test('are not reset by renaming the client', async () => {
    const it = await site();
    await it.valetkey.settings.set('max_user_api_reqs_per_minute', 5);
    const { key } = await it.approve();
    let allowed = 0;
    for (let count = 0; count < 10; count += 1) {
      const headers = { 'User-Api-Key': key, 'User-Api-Client-Id': `name-${count}` };
      if ((await use(it, key, latest, { headers })) === null) allowed += 1;
    }
    expect(allowed).toBe(5);
  });
});
