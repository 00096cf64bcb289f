import { type Connection, createConnection } from '@valetkey/client';
import type { KeyEntry } from '../keys/key-entry.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { pickEntry } from '../keys/pick-entry.ts';
import { type Bound, networkOptions } from '../network.ts';
import { readChoice } from '../read-choice.ts';

/** A connection with the selected key. */
export interface ChosenConnection {
  readonly connection: Connection;
  readonly entry: KeyEntry;
  readonly ring: KeyRing;
}

/** Opens a connection with the key that `[site]` and `--as` select. @throws CliError 2, 4, 5 */
export async function openChosenConnection(
  operands: readonly string[],
  name: string | undefined,
  signal: AbortSignal,
  bound?: Bound,
): Promise<ChosenConnection> {
  const ring = openKeyRing(signal);
  const entry = pickEntry(ring.list(), readChoice(operands, name));
  const held = await ring.reveal(entry);
  const connection = createConnection({ ...held, scopes: entry.scopes, ...networkOptions(signal, bound) });
  return { connection, entry, ring };
}
