import type { LoopbackReceiver } from '@valetkey/client/node';
import { CliError, EXIT } from '../exit-codes.ts';
import { readPaste } from './read-paste.ts';

const MINUTES = 15;

/**
 * Returns the response that arrives first: by redirect or by paste. A terminal allows both, because the browser may
 * run on another computer with its own 127.0.0.1.
 *
 * @param receiver null if the response can only be pasted
 * @throws CliError if no response arrives within 15 minutes
 */
export async function waitForAnswer(receiver: LoopbackReceiver | null, signal: AbortSignal): Promise<string> {
  const canPaste = receiver === null || process.stdin.isTTY;
  console.error(
    receiver === null
      ? 'Then copy the encrypted key that the page shows, and paste it here:'
      : `Waiting for your approval …${canPaste ? ' (or paste the final URL of the browser)' : ''}`,
  );
  const stop = new AbortController();
  const deadline = AbortSignal.timeout(MINUTES * 60_000);
  const ends = AbortSignal.any([signal, stop.signal, deadline]);
  const answers = receiver ? [receiver.answer] : [];
  if (canPaste) {
    const pasted = readPaste(process.stdin, ends);
    // The response can still arrive by redirect, so a closed input does not end the wait.
    answers.push(receiver ? pasted.catch(() => receiver.answer) : pasted);
  }
  const ended = new Promise<never>((_, reject) => {
    ends.addEventListener('abort', () => reject(ends.reason), { once: true });
  });
  try {
    return await Promise.race([...answers, ended]);
  } catch (error) {
    if (!deadline.aborted) throw error;
    throw new CliError(EXIT.refused, `No approval within ${MINUTES} minutes. Run the command again.`);
  } finally {
    stop.abort();
  }
}
