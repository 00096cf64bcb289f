import { printable } from '../terminal/printable.ts';
import { toJson } from '../terminal/to-json.ts';
import { openChosenConnection } from './open-connection.ts';

/** Prints the user that the key acts for. */
export async function showUser(
  operands: readonly string[],
  { as, json }: { readonly as?: string | undefined; readonly json: boolean },
  signal: AbortSignal,
): Promise<void> {
  const { connection } = await openChosenConnection(operands, as, signal);
  const { id, username } = await connection.whoami();
  const { site } = connection;
  console.log(json ? toJson({ site, id, username }, 2) : printable(`${username} on ${site}`));
}
