import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Command to the load process. */
export interface NodesLoad {
  readonly url: string;
  readonly keys: readonly string[];
  readonly seconds: number;
  readonly connections: number;
}

/** Its result. Every response had status 200; otherwise the process ends with an error. */
export interface NodesLoadResult {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Runs load in a process of its own, and returns the result. */
export async function runLoad(load: NodesLoad): Promise<NodesLoadResult> {
  const child = startLoad(load);
  const exited = once(child, 'exit').then(() => Promise.reject(new Error('The load process ended early.')));
  const [result] = (await Promise.race([once(child, 'message'), exited])) as [NodesLoadResult];
  exited.catch(() => {});
  child.disconnect();
  return result;
}

/** Starts load in a process of its own, which `disconnect` ends. */
export function startLoad(load: NodesLoad): ChildProcess {
  const child = fork(join(import.meta.dirname, 'load-process.ts'));
  child.send(load);
  return child;
}
