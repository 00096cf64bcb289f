import { newKey } from '@valetkey/conformance/fixtures';
import { hashKey, type Store } from '@valetkey/server';
import { run } from '../src/run.ts';

/** A time after the records of the tests. */
export const NOW = Date.UTC(2027, 0, 1);

/** Runs the command in this process. Returns its exit code and its lines. */
export const admin = (database: string, ...parameters: readonly string[]) =>
  runAdmin(['--database', database, ...parameters]);

/** Runs it with these parameters only. */
export async function runAdmin(parameters: readonly string[]) {
  const lines: string[] = [];
  const errors: string[] = [];
  const exitCode = await run(parameters, {
    environment: {},
    now: () => NOW,
    write: (line) => lines.push(line),
    writeError: (line) => errors.push(line),
  });
  return { exitCode, lines, errors: errors.join('\n') };
}

/** Runs it with `--json`. Returns the records. @throws Error if it fails */
export async function adminJson(
  database: string,
  ...parameters: readonly string[]
): Promise<Record<string, unknown>[]> {
  const { exitCode, lines, errors } = await admin(database, '--json', ...parameters);
  if (exitCode !== 0) throw new Error(`${parameters.join(' ')} exited with ${exitCode}: ${errors}`);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const KEYS = { alice: 'a'.repeat(32), bob: 'b'.repeat(32), admin: 'c'.repeat(32) };

/** Stores a key each of alice and bob, an admin key of alice, a setting and an audit event. Returns the keys. */
export async function fill(store: Store): Promise<typeof KEYS> {
  const base = { applicationName: 'Plum \u001b[31mreader', expiresAt: null };
  for (const userId of ['alice', 'bob'] as const)
    await store.replaceKey(newKey({ ...base, userId, keyHash: hashKey(KEYS[userId]) }), (key) => ({
      at: key.createdAt,
      action: 'key_approved',
      actorId: userId,
      ownerId: null,
      keyId: key.id,
      subject: 'Plum reader',
      ipAddress: '203.0.113.7',
    }));
  await store.createAdminKey({
    keyHash: hashKey(KEYS.admin),
    truncatedKey: 'cccc',
    description: 'Nightly job',
    userId: 'alice',
    scopeMode: 'global',
    scopes: [],
    createdBy: 'admin',
    createdAt: NOW - 1_000,
  });
  await store.saveSettings(new Map([['cors_origins', 'https://app.example']]));
  return KEYS;
}
