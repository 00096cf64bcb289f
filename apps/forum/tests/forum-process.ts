import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { keepLog } from '../../../tools/demo/forum-process.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** The forum as `npm start` runs it; gone when the test ends, whatever happened. */
export async function runMain(options: readonly string[]) {
  const child = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  keepLog(child);
  let output = '';
  const ready = Promise.withResolvers<string>();
  // Nobody may be waiting for a forum that was meant to refuse.
  ready.promise.catch(() => {});
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      ready.reject(new Error(`The forum ended with ${code}: ${output}`));
      resolve(code);
    });
  });
  const listen = (chunk: Buffer) => {
    output += chunk;
    child.emit('printed');
    const url = /^listening on (\S+)$/m.exec(output)?.[1];
    if (url) ready.resolve(url);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return {
    /** What it has printed so far. */
    output: () => output,
    /** Resolves once it has printed this. */
    async printed(text: string) {
      while (!output.includes(text)) await once(child, 'printed');
    },
    /** Its address, once it serves. */
    url: () => ready.promise,
    /** Its exit code; null if a signal ended it. */
    ended,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
  };
}

export type ForumProcess = Awaited<ReturnType<typeof runMain>>;
