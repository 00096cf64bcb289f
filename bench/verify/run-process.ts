import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Times } from './measure.ts';

/** The result for one number of keys. */
export interface WarmResult {
  readonly times: Times;
  readonly bytesPerKey: number;
}

/** Runs a program of this folder in its own process and returns its one message. Rejects if it ends without one. */
export function runProcess<Result>(file: string, ...args: string[]): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, file), args, {
      execArgv: ['--expose-gc', '--max-old-space-size=8192'],
    });
    child.once('message', (result) => resolve(result as Result));
    child.once('exit', (code) => reject(new Error(`${file} ended with code ${code}. Its message is above.`)));
  });
}
