import { openKeyRing } from '../keys/open-key-ring.ts';
import { pickEntry } from '../keys/pick-entry.ts';
import { readChoice } from '../read-choice.ts';

/** Prints the key. No other command does. */
export async function printKey(
  operands: readonly string[],
  name: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const ring = openKeyRing(signal);
  const { key } = await ring.reveal(pickEntry(ring.list(), readChoice(operands, name)));
  console.log(key);
}
