import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { RunningApp } from './web-app-promises.ts';

/** Returns a port that was just free, for programs that cannot choose one. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Runs a web app until `stop`. @param isReady matches its output when it is ready */
export async function runApp(
  program: string,
  args: readonly string[],
  options: { folder: string; url: string; env: Readonly<Record<string, string>>; isReady: RegExp },
): Promise<RunningApp> {
  const { folder, url, env, isReady } = options;
  const child = spawn(program, args, { cwd: folder, env: { ...process.env, ...env }, stdio: 'pipe' });
  const ended = once(child, 'exit');
  let output = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk;
        if (isReady.test(output)) resolve();
      });
    child.on('exit', () => reject(new Error(`The app exited before it was ready: ${output}`)));
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
