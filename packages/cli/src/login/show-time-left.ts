/** The parts of a terminal that a changing line needs. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Shows the remaining time on a terminal and updates it each second. Without a terminal, prints it once.
 *
 * @param now milliseconds of a monotonic clock
 * @returns a function that stops and clears the line
 */
export function showTimeLeft(
  terminal: Terminal,
  milliseconds: number,
  now: () => number = () => performance.now(),
): () => void {
  const end = now() + milliseconds;
  const say = () => `Waiting, ${formatMinutes(end - now())} left …`;
  if (!terminal.isTTY) {
    terminal.write(`${say()}\n`);
    return () => {};
  }
  // The escape sequence clears the rest of the previous text.
  const show = (text: string) => terminal.write(`\r${text}\u001b[K`);
  show(say());
  const timer = setInterval(() => show(say()), 1000);
  // This timer must not keep the process running.
  timer.unref();
  return () => {
    clearInterval(timer);
    show('');
  };
}

/** Returns minutes and seconds, such as `9:41`. */
export function formatMinutes(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
