/** Returns a signal that aborts when any of these does. Also works without `AbortSignal.any`, as in React Native. */
export function joinSignals(...signals: readonly (AbortSignal | null | undefined)[]): AbortSignal | null {
  const [first, ...others] = signals.filter((signal) => signal !== null && signal !== undefined);
  if (!first || others.length === 0) return first ?? null;
  if (AbortSignal.any) return AbortSignal.any([first, ...others]);
  const end = new AbortController();
  for (const signal of [first, ...others]) {
    const stop = (): void => end.abort(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true, signal: end.signal });
  }
  return end.signal;
}
