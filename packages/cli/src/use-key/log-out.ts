import { isEnvironmentKey } from '../keys/environment-key.ts';
import { describeIdentity } from '../keys/key-entry.ts';
import { printable } from '../terminal/printable.ts';
import { openChosenConnection } from './open-connection.ts';

/** Revokes the key on the site, then removes it here. Keeps a key that may still be active. */
export async function logOut(
  operands: readonly string[],
  name: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { connection, entry, ring } = await openChosenConnection(operands, name, signal);
  const outcome = await connection.revoke();
  await ring.forget(entry);
  if (isEnvironmentKey(entry)) console.error('Unset VALETKEY_KEY; it still contains the key.');
  const whose = printable(describeIdentity(entry));
  console.log(
    outcome === 'revoked'
      ? `The key of ${whose} was revoked and removed.`
      : `The key of ${whose} was removed; the site no longer accepted it.`,
  );
}
