import { createInterface } from 'node:readline';
import { parseSealedPayload } from '@valetkey/protocol';
import { EXIT, Failure } from './exit-codes.ts';

/**
 * The payload, or the address with it, from standard input; never from an argument, where other people's process lists
 * would show it. Lines are put together until they make a whole; an empty line or the end of the input says that no
 * more comes.
 *
 * @throws Failure when it is not whole then
 */
export async function readPaste(signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, signal });
  let text = '';
  for await (const line of lines) {
    if (line.trim() === '' && text !== '') break;
    text += `${line}\n`;
    if (isWhole(text)) {
      lines.close();
      return text;
    }
  }
  signal.throwIfAborted();
  throw new Failure(
    EXIT.refused,
    'What was pasted is not the encrypted key, or not all of it. Run the command again and paste the whole text.',
  );
}

/** Of the 2048-bit keys that this command makes; fewer are the first lines of something longer. */
const CIPHERTEXT_BYTES = 256;

function isWhole(text: string): boolean {
  if (/[?&]error=access_denied/.test(text)) return true;
  try {
    return parseSealedPayload(text).length === CIPHERTEXT_BYTES;
  } catch {
    return false;
  }
}
