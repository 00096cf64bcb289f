import type { LoopbackReceiver } from '@valetkey/client/node';
import { CliError, EXIT } from '../exit-codes.ts';
import { readPaste } from './read-paste.ts';

const MINUTES = 15;

/**
 * What comes first: the browser's visit, or what a person pastes. At a terminal both are possible at once, for the
 * browser may run on another computer, where 127.0.0.1 is somebody else.
 *
 * @param receiver null if the answer can only be pasted
 * @throws Failure if nothing came within a quarter of an hour
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
    // Where the browser can still bring the answer, a closed input is no reason to stop waiting.
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
