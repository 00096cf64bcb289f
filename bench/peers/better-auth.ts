import { DatabaseSync } from 'node:sqlite';
import type { Case } from '../verify/measure.ts';
import { randomOrder } from '../verify/warm-cases.ts';
import { loadPeer } from './load-peer.ts';

interface BetterAuthLibrary {
  betterAuth(options: object): {
    readonly options: object;
    readonly $context: Promise<{
      internalAdapter: { createUser(user: object): Promise<{ id: string }> };
    }>;
    readonly api: {
      createApiKey(request: { body: { userId: string } }): Promise<{ key: string }>;
      verifyApiKey(request: { body: { key: string } }): Promise<{ valid: boolean }>;
    };
  };
}

const KEYS = 200;
const OPERATIONS = 500;

/** The api-key plugin of better-auth with keys in SQLite (in memory), and in a Map as secondary storage. */
export async function createBetterAuthCases(): Promise<Case[]> {
  return [
    await createBetterAuthCase('better-auth api-key, SQLite', 'database', {}),
    await createBetterAuthCase('better-auth api-key, in memory', 'secondary-storage', {
      secondaryStorage: mapStorage(),
    }),
  ];
}

/**
 * The api-key plugin of better-auth with these options.
 *
 * @param storage of the plugin: `database` or `secondary-storage`
 */
export async function createBetterAuthCase(name: string, storage: string, options: object): Promise<Case> {
  const { betterAuth } = await loadPeer<BetterAuthLibrary>('better-auth');
  const { apiKey } = await loadPeer<{ apiKey(options: object): object }>('@better-auth/api-key');
  const { getMigrations } = await loadPeer<{
    getMigrations(options: object): Promise<{ runMigrations(): Promise<void> }>;
  }>('better-auth/db/migration');
  const auth = betterAuth({
    baseURL: 'http://127.0.0.1',
    secret: 'only for a benchmark on this machine',
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: new DatabaseSync(':memory:'),
    plugins: [apiKey({ storage, rateLimit: { enabled: true, timeWindow: 60_000, maxRequests: 1e9 } })],
    ...options,
  });
  await (await getMigrations(auth.options)).runMigrations();
  const { internalAdapter } = await auth.$context;
  const user = await internalAdapter.createUser({
    email: 'bench@site.test',
    name: 'Bench',
    emailVerified: true,
  });
  const keys: string[] = [];
  for (let index = 0; index < KEYS; index += 1)
    keys.push((await auth.api.createApiKey({ body: { userId: user.id } })).key);
  const order = randomOrder(keys, OPERATIONS);
  return {
    name,
    operationsPerRound: OPERATIONS,
    async run() {
      for (const key of order)
        if (!(await auth.api.verifyApiKey({ body: { key } })).valid)
          throw new Error(`${name}: a key is invalid.`);
    },
  };
}

function mapStorage() {
  const values = new Map<string, string>();
  return {
    get: async (key: string) => values.get(key) ?? null,
    set: async (key: string, value: string) => void values.set(key, value),
    delete: async (key: string) => void values.delete(key),
  };
}
