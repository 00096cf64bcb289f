import { type Connection, createConnection } from '@valetkey/client';
import type { KeyEntry } from '../keys/key-entry.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { pickEntry } from '../keys/pick-entry.ts';
import { type Bound, networkOptions } from '../network.ts';
import { readChoice } from '../read-choice.ts';

/** A key in use, and what is known of it here. */
export interface ChosenConnection {
  readonly connection: Connection;
  readonly entry: KeyEntry;
  readonly ring: KeyRing;
}

/** The key that `[site]` and `--as` mean, ready to use. @throws Failure 2, 4, 5 */
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
