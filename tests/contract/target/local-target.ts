import { startForum } from '@valetkey/forum';
import { CHEAP_PASSWORDS } from '@valetkey/forum/testing';
import { createSqliteStore } from '@valetkey/sql-store/sqlite';
import type { ContractTarget } from './contract-target.ts';
import { controlOverHttp } from './control-over-http.ts';

/** Starts a demo forum in this process, on a port of this computer. It has every capability. */
export async function startLocalTarget(): Promise<ContractTarget> {
  let now = Date.UTC(2026, 10, 23, 12);
  const { url, forum, close } = await startForum({
    port: 0,
    host: '127.0.0.1',
    dataDir: null,
    store: createSqliteStore({ path: ':memory:' }),
    push: { dangerouslyAllowPrivateAddresses: true },
    now: () => now,
    passwordCost: CHEAP_PASSWORDS,
  });
  return {
    ...controlOverHttp(url),
    isFresh: true,
    clock: {
      advance(ms) {
        now += ms;
      },
      async runDailyJobs() {
        await forum.valetkey.runDailyJobs();
      },
    },
    push: { deliver: () => forum.valetkey.processPushQueue() },
    close,
  };
}
