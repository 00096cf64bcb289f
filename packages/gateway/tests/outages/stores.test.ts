import type { PostgresServer } from '@valetkey/test-support/postgres/postgres-process';
import { startPostgres } from '@valetkey/test-support/postgres/start-postgres';
import { startValkey, type ValkeyServer } from '@valetkey/test-support/start-valkey';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from '../support/gateway-site.ts';
import { type Service, startService } from '../support/start-service.ts';

let postgres: PostgresServer;
let valkey: ValkeyServer;
let service: Service;
let site: GatewaySite;
let key: string;

beforeAll(async () => {
  [postgres, valkey, service] = await Promise.all([startPostgres(), startValkey(), startService()]);
  const text = configFor(service.url, `valkey: ${valkey.url}`).replace('./data', postgres.url);
  site = await startGatewaySite(text);
  key = await site.approve();
});
beforeEach(() => void service.received.splice(0));
afterAll(async () => {
  await site.close();
  await service.close();
  await valkey.kill();
  await postgres.remove();
});

const wait = { timeout: 15_000, interval: 20 };
let sent = 0;

/** Sends one request of its own path; returns its status, and the error code of a refusal. */
async function use(): Promise<string> {
  sent += 1;
  const response = await site.get(`/api/notes/${sent}`, key);
  const text = await response.text();
  return response.status === 200
    ? '200'
    : `${response.status} ${(JSON.parse(text) as { code: string }).code}`;
}

/** Sends requests until the task has ended; returns how often each outcome was seen. */
async function load(task: () => Promise<unknown>): Promise<Map<string, number>> {
  const outcomes = new Map<string, number>();
  let isDone = false;
  const running = Array.from({ length: 4 }, async () => {
    while (!isDone) {
      const outcome = await use();
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
  });
  await task();
  isDone = true;
  await Promise.all(running);
  return outcomes;
}

test.each([
  ['Valkey', '503 limits_unavailable', () => valkey.kill(), () => valkey.start()],
  ['PostgreSQL', '503 store_unavailable', () => postgres.stop(), () => postgres.start()],
])(
  '%s stops under load: keys are refused with %s, requests without a key pass, and the gateway recovers',
  async (_, refusal, stop, start) => {
    const outcomes = await load(async () => {
      await stop();
      await expect.poll(use, wait).toBe(refusal);
      expect((await fetch(`${site.url}/any`)).status).toBe(200);
      await start();
      await expect.poll(use, wait).toBe('200');
    });
    expect([...outcomes.keys()].sort()).toEqual(['200', refusal]);
    // Every request that reached the service did so once, and for the user of its key.
    const reached = service.received.filter(({ url }) => url !== '/any');
    expect(new Set(reached.map(({ url }) => url)).size).toBe(reached.length);
    expect(new Set(reached.map(({ headers }) => headers['x-valetkey-user']))).toEqual(new Set(['alice']));
    expect(reached.length).toBeGreaterThanOrEqual(outcomes.get('200') ?? 0);
  },
);
