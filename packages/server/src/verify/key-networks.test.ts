import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';
import type { KeyNetwork } from '../ports/key-use-store.ts';
import { createKeyNetworks } from './key-networks.ts';

const DAY = 86_400_000;

function createRecorder() {
  const stored: KeyNetwork[] = [];
  const state = { isDown: false };
  const networks = createKeyNetworks(async (batch) => {
    if (state.isDown) throw new Error('The database is down.');
    stored.push(...batch);
  });
  return { ...networks, stored, state };
}

describe('createKeyNetworks', () => {
  test('stores each /24 or /48 network once per key and day', async () => {
    const { note, flush, stored } = createRecorder();
    const addresses = ['192.0.2.1', '192.0.2.200', '::ffff:192.0.2.9', '192.0.3.1', '192.0.2.1'];
    for (const ipAddress of [
      ...addresses,
      '2001:db8:1::1',
      '2001:db8:1:ff::2',
      '2001:db8:2::1',
      'unknown',
      '',
    ])
      note(7, 1, ipAddress);
    await flush();
    expect(stored).toHaveLength(4);
    expect(stored.every(({ keyId, day }) => keyId === 7 && day === 0)).toBe(true);
    note(7, DAY - 1, '192.0.2.77');
    await flush();
    expect(stored).toHaveLength(4);
    note(7, DAY, '192.0.2.77');
    note(8, DAY, '192.0.2.77');
    await flush();
    expect(stored.slice(4).map(({ keyId, day }) => [keyId, day])).toEqual([
      [7, 1],
      [8, 1],
    ]);
    // The same network has another number for each key and day.
    expect(new Set([stored[0], stored[4], stored[5]].map((one) => one?.network)).size).toBe(3);
  });

  test('keeps what could not be stored', async () => {
    const { note, flush, stored, state } = createRecorder();
    note(7, 1, '192.0.2.1');
    state.isDown = true;
    await expect(flush()).rejects.toThrow('The database is down.');
    note(7, 1, '192.0.3.1');
    state.isDown = false;
    await flush();
    expect(stored).toHaveLength(2);
  });

  test('is bounded: 100 networks of a key, and 20,000 keys', async () => {
    const { note, flush, stored } = createRecorder();
    for (let at = 0; at < 5_000; at += 1) note(1, 1, `10.${at >> 8}.${at & 255}.1`);
    await flush();
    expect(stored).toHaveLength(100);
    for (let id = 0; id < 20_100; id += 1) note(id, DAY, '192.0.2.1');
    await flush();
    expect(stored).toHaveLength(100 + 20_000);
    // Not stored yet: 20,000 at most, also on several days.
    for (let day = 2; day < 4; day += 1)
      for (let id = 0; id < 19_000; id += 1) note(id, day * DAY, '192.0.2.1');
    await flush();
    expect(stored).toHaveLength(100 + 40_000);
  });
});

test('the overview names active keys that were used from many networks on one day', async () => {
  const site = await createTestSite();
  const route = { name: 'list#latest' };
  const use = (key: string, ipAddress: string) =>
    site.valetkey.authorize(
      new Request('https://forum.example/latest', { headers: { 'User-Api-Key': key } }),
      route,
      { ipAddress },
    );
  const overview = async () => {
    await site.valetkey.runDailyJobs();
    return (await site.get('/admin/user-api-keys', { cookie: 'session=admin' })).text();
  };
  const names = ['Stolen', 'Usual'] as const;
  const keys = await Promise.all(
    names.map(async (name) => (await site.approve({ application_name: name, client_id: name })).key),
  );
  const [stolen = '', usual = ''] = keys;
  for (let network = 0; network < 20; network += 1) {
    await use(stolen, `198.51.${network}.7`);
    if (network < 19) await use(usual, `198.51.${network}.7`);
    await use(usual, '198.51.0.8');
  }
  const heading = 'Used from many networks in the last 7 days';
  const [, list = ''] = (await overview()).split(heading);
  expect(list).toMatch(
    /name=Stolen&amp;kind=app"><bdi>Stolen<\/bdi><\/a> of <bdi>alice<\/bdi>: 20 networks on one day/,
  );
  expect(list).not.toContain('Usual');
  expect(list).not.toContain('198.51');
  site.advance(7 * DAY);
  expect(await overview()).not.toContain(heading);
});
