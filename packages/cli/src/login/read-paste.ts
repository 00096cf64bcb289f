import { createInterface } from 'node:readline';
import { parseSealedPayload } from '@valetkey/protocol';
import { CliError, EXIT } from '../exit-codes.ts';

const NOT_WHOLE = 'The pasted text is not a complete encrypted key.';
/** A longer pause between lines means that the paste has ended. */
const PAUSE_MS = 300;

/**
 * Reads the encrypted key, or the URL or JSON with it, from an input. An argument would show it in the process list. Joins
 * lines until they are complete. At a terminal, reports text that is not an encrypted key, and reads again.
 *
 * @throws CliError 5 if the input ends before the text is complete; without a terminal, also for any other text
 */
export async function readPaste(
  input: NodeJS.ReadableStream & { readonly isTTY?: boolean },
  signal: AbortSignal,
  pauseMs = PAUSE_MS,
): Promise<string> {
  const lines = createInterface({ input, signal });
  let text = '';
  let hint: NodeJS.Timeout | undefined;
  try {
    for await (const line of lines) {
      clearTimeout(hint);
      if (line.trim() !== '') text += `${line}\n`;
      if (isWhole(text)) return text;
      const isOver = text !== '' && (line.trim() === '' || !canContinue(text));
      if (isOver && !input.isTTY) break;
      const advice = isOver
        ? 'Copy the whole text, and paste it again:'
        : 'Paste the rest, or press Enter to start again:';
      if (text !== '') hint = setTimeout(() => console.error(`${NOT_WHOLE} ${advice}`), pauseMs);
      if (isOver) text = '';
    }
  } finally {
    clearTimeout(hint);
  }
  signal.throwIfAborted();
  throw new CliError(EXIT.unusable, `${NOT_WHOLE} Run the command again, and paste the whole text.`);
}

/** The keys that this command creates have 2048 bits. A shorter text is the beginning of a longer one. */
const CIPHERTEXT_BYTES = 256;

function isWhole(text: string): boolean {
  if (/[?&#]error=access_denied/.test(text)) return true;
  try {
    return parseSealedPayload(text).length === CIPHERTEXT_BYTES;
  } catch {
    return false;
  }
}

const MAX_LENGTH = 8_192;
/** Discourse breaks lines after 60 characters. */
const MIN_LINE_LENGTH = 40;
const MAX_BASE64_LENGTH = 3 * 344;

/** Whether more lines can complete the text: it is JSON, contains the parameter, or is base64 and not too long. */
function canContinue(text: string): boolean {
  if (/^\s*["{]|payload/i.test(text)) return text.length <= MAX_LENGTH;
  const [first = ''] = text.trim().split('\n');
  const isBase64 = /^[\w+/=%\s-]*$/.test(text) && first.length >= MIN_LINE_LENGTH;
  return isBase64 && text.length <= MAX_BASE64_LENGTH;
}
