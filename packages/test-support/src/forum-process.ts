import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** A forum in its own process. */
export interface ForumProcess {
  readonly url: string;
  readonly pid: number;
  /** Stops it with SIGTERM, and deletes its data folder unless the caller provided it. */
  stop(): Promise<void>;
  /** Stops it with SIGKILL, like a crash. The data stays. */
  kill(): Promise<void>;
}

const forum = createRequire(import.meta.url).resolve('@valetkey/forum');
const main = join(dirname(forum), 'main.ts');

/**
 * Starts the forum on a free port, like `npm start`. Its output is kept, see `keepLog`: tests set the folder, and
 * `tools/checks/check-logs.ts` reads it.
 *
 * @param dataDir kept if given; otherwise a new folder that `stop` deletes
 * @param options additional command line options
 * @param nodeOptions options of Node, such as `--import`
 */
export async function startForumProcess(
  dataDir?: string,
  options: readonly string[] = [],
  nodeOptions: readonly string[] = [],
): Promise<ForumProcess> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'valetkey-forum-'));
  const more = process.env.VALETKEY_FORUM_LOGS === undefined ? options : ['--access-log', ...options];
  const child = spawn(process.execPath, [...nodeOptions, main, '--port', '0', '--data', folder, ...more], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stderr.pipe(process.stderr, { end: false });
  keepLog(child);
  const exited = once(child, 'exit');
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
  };
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^listening on (http:\S+)$/.exec(line)?.[1];
      if (found) resolve(found);
    });
    exited.then(([code]) => reject(new Error(`The forum ended with code ${code} before it was ready.`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    kill: () => end('SIGKILL'),
    async stop() {
      await end('SIGTERM');
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Copies the output of a process to the folder `VALETKEY_FORUM_LOGS`, if it is set. */
export function keepLog({ pid, stdout, stderr }: ChildProcessByStdio<null, Readable, Readable>): void {
  const folder = process.env.VALETKEY_FORUM_LOGS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  const log = createWriteStream(join(folder, `forum-${pid}.log`), { flags: 'a' });
  for (const stream of [stdout, stderr]) stream.pipe(log, { end: false });
}
