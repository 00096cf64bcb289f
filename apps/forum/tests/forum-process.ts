import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { keepLog } from '@valetkey/test-support/forum-process';
import { onTestFinished } from 'vitest';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

/** Runs the forum as `npm start` does. Killed when the test ends. */
export async function runMain(options: readonly string[]) {
  const child = spawn(process.execPath, [main, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  keepLog(child);
  let output = '';
  const ready = Promise.withResolvers<string>();
  // Prevents an unhandled rejection in tests of a forum that does not start.
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
    /** Returns the output so far. */
    output: () => output,
    /** Resolves once the output contains this text. */
    async printed(text: string) {
      while (!output.includes(text)) await once(child, 'printed');
    },
    /** Resolves to the URL once the forum is ready. */
    url: () => ready.promise,
    /** Resolves to the exit code; null if ended by a signal. */
    ended,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
  };
}

export type ForumProcess = Awaited<ReturnType<typeof runMain>>;
