import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** The exit code and the output of a recipe. */
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
  /** Acts as the user on the URL that the recipe prints. The result is sent to its standard input. */
  readonly onAddress: (address: string) => Promise<string | undefined>;
}

/** Runs a recipe in its own folder and acts as its user. */
export async function runRecipe({ program, args, folder, env, onAddress }: RecipeRun): Promise<Ended> {
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, BROWSER: '/bin/true', ...env },
    stdio: 'pipe',
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { stdout: '', stderr: '' };
  const failure = Promise.withResolvers<never>();
  let isShown = false;
  const listen = (stream: 'stdout' | 'stderr') => (chunk: Buffer) => {
    output[stream] += chunk;
    const address = /(http\S+\/user-api-key\/new\?\S+)\s/.exec(output[stream])?.[1];
    if (!address || isShown) return;
    isShown = true;
    onAddress(address).then((text) => child.stdin.end(text), failure.reject);
  };
  child.stdout.on('data', listen('stdout'));
  child.stderr.on('data', listen('stderr'));
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (exitCode) => resolve({ exitCode, ...output })),
  );
  return Promise.race([ended, failure.promise]);
}
