/** As much of a terminal as a line that changes needs. */
export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/**
 * Shows at a terminal how long the person still has, counted anew each second; elsewhere says it once.
 *
 * @param now milliseconds of a clock that nobody can set
 * @returns ends it, and clears the line
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
  // The escape sequence clears what is left of the line before.
  const show = (text: string) => terminal.write(`\r${text}\u001b[K`);
  show(say());
  const timer = setInterval(() => show(say()), 1000);
  // The wait itself keeps the command alive; this line must not.
  timer.unref();
  return () => {
    clearInterval(timer);
    show('');
  };
}

/** Minutes and seconds as on a clock, such as `9:41`. */
export function formatMinutes(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
