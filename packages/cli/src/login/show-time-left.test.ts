import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { formatMinutes, showTimeLeft } from './show-time-left.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each([
  [600_000, '10:00'],
  [581_000, '9:41'],
  [59_001, '1:00'],
  [900, '0:01'],
  [-5_000, '0:00'],
])('formatMinutes: %i ms are %s', (milliseconds, text) => expect(formatMinutes(milliseconds)).toBe(text));

/** Simulates a terminal: a carriage return starts the line again. */
function createTerminal(isTTY: boolean) {
  let written = '';
  return {
    isTTY,
    write: (text: string) => {
      written += text;
    },
    shown: () => written.split('\r').at(-1)?.replace('\u001b[K', ''),
    written: () => written,
  };
}

test('remaining time: counts down on a terminal and is cleared at the end', () => {
  const terminal = createTerminal(true);
  const stop = showTimeLeft(terminal, 600_000, () => Date.now());
  expect(terminal.shown()).toContain('10:00 left');
  vi.advanceTimersByTime(19_000);
  expect(terminal.shown()).toContain('9:41 left');
  stop();
  expect(terminal.shown()).toBe('');
  const before = terminal.written();
  vi.advanceTimersByTime(5_000);
  expect(terminal.written()).toBe(before);
});

test('remaining time: is printed once without a terminal', () => {
  const terminal = createTerminal(false);
  showTimeLeft(terminal, 600_000, () => Date.now());
  vi.advanceTimersByTime(60_000);
  expect(terminal.written()).toBe('Waiting, 10:00 left …\n');
});
