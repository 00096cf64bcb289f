import { createInterface } from 'node:readline';
import { parseSealedPayload } from '@valetkey/protocol';
import { CliError, EXIT } from '../exit-codes.ts';

const NOT_WHOLE = 'The pasted text is not a complete encrypted key.';
const MAX_LENGTH = 65_536;

/**
 * The payload, or the address with it, from an input; never from an argument, where other people's process lists would
 * show it. Lines are put together until they make a whole. An empty line says that no more comes: a person at a terminal
 * may then try once more, anything else has failed.
 *
 * @throws Failure when the input ends before it is whole
 */
export async function readPaste(
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  signal: AbortSignal,
): Promise<string> {
  const lines = createInterface({ input, signal });
  let text = '';
  for await (const line of lines) {
    if (line.trim() !== '') text += `${line}\n`;
    if (isWhole(text)) return text;
    const isEnd = text !== '' && line.trim() === '';
    if ((isEnd && !input.isTTY) || text.length > MAX_LENGTH) break;
    if (isEnd) {
      console.error(`${NOT_WHOLE} Copy the whole text, and paste it again:`);
      text = '';
    }
  }
  signal.throwIfAborted();
  throw new CliError(EXIT.unusable, `${NOT_WHOLE} Run the command again, and paste the whole text.`);
}

/** Of the 2048-bit keys that this command makes; fewer are the first lines of something longer. */
const CIPHERTEXT_BYTES = 256;

function isWhole(text: string): boolean {
  if (/[?&#]error=access_denied/.test(text)) return true;
  try {
    return parseSealedPayload(text).length === CIPHERTEXT_BYTES;
  } catch {
    return false;
  }
}
