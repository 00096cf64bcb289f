import { openKeyRing } from '../keys/open-key-ring.ts';
import { pickEntry } from '../keys/pick-entry.ts';
import { readChoice } from '../read-choice.ts';

/** The key itself; the one place where it is shown. */
export async function printKey(
  operands: readonly string[],
  name: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const ring = openKeyRing(signal);
  const { key } = await ring.reveal(pickEntry(ring.list(), readChoice(operands, name)));
  console.log(key);
}
