import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LoadOrder, LoadResult, ServerAnswer, ServerQuestion, ServerReady } from './messages.ts';
import type { Variant } from './variants.ts';

/** A server in its own process. */
export interface ServerProcess extends ServerReady {
  ask(question: ServerQuestion): Promise<ServerAnswer>;
  stop(): Promise<void>;
}

/** The load generator in its own process. */
export interface LoadProcess {
  run(order: LoadOrder): Promise<LoadResult>;
  stop(): Promise<void>;
}

/** Starts one framework with one variant. */
export async function startServerProcess(
  framework: string,
  variant: Variant,
  keyCount: number,
): Promise<ServerProcess> {
  const child = fork(join(import.meta.dirname, 'server-process.ts'), [framework, variant, String(keyCount)], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const ready = await answerOf<ServerReady>(child);
  return {
    ...ready,
    async ask(question) {
      child.send(question);
      return answerOf<ServerAnswer>(child);
    },
    stop: () => stop(child),
  };
}

/** Starts the load generator. */
export function startLoadProcess(): LoadProcess {
  const child = fork(join(import.meta.dirname, 'load-process.ts'));
  return {
    async run(order) {
      child.send(order);
      return answerOf<LoadResult>(child);
    },
    stop: () => stop(child),
  };
}

/** Returns the next message of this process. Rejects if the process ends first. */
async function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  const ended = new AbortController();
  const early = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`A process of the benchmark ended with code ${code}. Its message is above.`);
  });
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal: ended.signal }), early])) as [
      Answer,
    ];
    return answer;
  } finally {
    early.catch(() => {});
    ended.abort();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
}
