import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The clock of a process that was started with `nodeOptions`. */
export interface SteppedClock {
  readonly nodeOptions: readonly string[];
  /** Milliseconds since 1970, as the process reads them. */
  now(): number;
  /** Sets the system time forward, or back if negative, as an admin or NTP does. The monotonic clock is unchanged. */
  set(ms: number): void;
  /** Lets time pass on both clocks. */
  pass(ms: number): void;
  remove(): void;
}

/** Creates a clock for child processes. `process.env` is inherited, so one clock at a time. */
export function startSteppedClock(): SteppedClock {
  const folder = mkdtempSync(join(tmpdir(), 'valetkey-clock-'));
  const file = join(folder, 'clock');
  let [wall, monotonic] = [0, 0];
  function write(): void {
    // Renamed, so that the process never reads half a file.
    writeFileSync(`${file}.new`, `${wall} ${monotonic}`);
    renameSync(`${file}.new`, file);
  }
  write();
  process.env.VALETKEY_CLOCK_FILE = file;
  return {
    nodeOptions: ['--import', pathToFileURL(join(import.meta.dirname, 'stepped-clock.ts')).href],
    now: () => Date.now() + wall,
    set(ms) {
      wall += ms;
      write();
    },
    pass(ms) {
      wall += ms;
      monotonic += ms;
      write();
    },
    remove() {
      delete process.env.VALETKEY_CLOCK_FILE;
      rmSync(folder, { recursive: true });
    },
  };
}
