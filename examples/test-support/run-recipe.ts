import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** How a recipe ended, and everything it said. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RecipeRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What the person does with the address that the recipe shows; what it answers is typed in. */
  readonly onAddress: (address: string) => Promise<string | undefined>;
}

/** Runs a recipe as a stranger would, in its own folder, and plays the person in front of it. */
export async function runRecipe({ program, args, folder, env, onAddress }: RecipeRun): Promise<Ended> {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, BROWSER: '/bin/true', ...env },
    stdio: 'pipe',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = { stdout: '', stderr: '' };
  const failure = Promise.withResolvers<never>();
  let isShown = false;
  const listen = (stream: 'stdout' | 'stderr') => (chunk: Buffer) => {
    said[stream] += chunk;
    const address = /(http\S+\/user-api-key\/new\?\S+)\s/.exec(said[stream])?.[1];
    if (!address || isShown) return;
    isShown = true;
    onAddress(address).then((text) => child.stdin.end(text), failure.reject);
  };
  child.stdout.on('data', listen('stdout'));
  child.stderr.on('data', listen('stderr'));
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (exitCode) => resolve({ exitCode, ...said })),
  );
  return Promise.race([ended, failure.promise]);
}
