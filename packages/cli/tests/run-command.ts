import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const main = join(import.meta.dirname, '../src/main.ts');
/** Shared by all processes, because compiling is most of their start. */
export const compileCache = join(import.meta.dirname, '../../../node_modules/.cache/valetkey-command');

/** Exit code and output of a command. */
export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Called with the URL that the command prints. The result is written to standard input. */
  readonly onUrl?: (url: URL, stderr: string) => Promise<string | undefined> | string | undefined;
  readonly input?: string;
  /** Sent to the command after it has printed the URL. */
  readonly signalOnUrl?: NodeJS.Signals;
  /** Text on standard error after which the command is interrupted. */
  readonly interruptOn?: string;
  /** @default 'SIGINT', as by Ctrl-C */
  readonly interruptBy?: NodeJS.Signals;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs the command as a separate process with a separate home directory. */
export function createHome() {
  const home = mkdtempSync(join(tmpdir(), 'valetkey-home-'));
  return {
    keyFile: join(home, 'valetkey', 'keys.json'),
    remove: () => rmSync(home, { recursive: true, force: true }),

    start(args: readonly string[], changes: RunOptions['env'] = {}) {
      const env = {
        PATH: process.env.PATH ?? '',
        XDG_CONFIG_HOME: home,
        XDG_CACHE_HOME: join(home, 'cache'),
        BROWSER: '/bin/true',
        NODE_COMPILE_CACHE: compileCache,
        ...changes,
      };
      return spawn(process.execPath, [main, ...args], { env, stdio: 'pipe' });
    },

    run(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
      const child = this.start(args, options.env);
      let stdout = '';
      let stderr = '';
      let isUrlSeen = false;
      let isInterrupted = false;
      child.stdout.on('data', (chunk) => {
        stdout += chunk;
      });
      child.stderr.on('data', async (chunk) => {
        stderr += chunk;
        if (options.interruptOn && !isInterrupted && stderr.includes(options.interruptOn)) {
          isInterrupted = true;
          child.kill(options.interruptBy ?? 'SIGINT');
        }
        const url = /^ {2}(http\S+)\n/m.exec(stderr)?.[1];
        if (!url || isUrlSeen) return;
        isUrlSeen = true;
        if (options.signalOnUrl) child.kill(options.signalOnUrl);
        if (!options.onUrl) return;
        const typed = await options.onUrl(new URL(url), stderr);
        if (typed !== undefined) child.stdin.end(typed);
      });
      if (!options.onUrl && !options.signalOnUrl) child.stdin.end(options.input ?? '');
      return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr })));
    },

    /** Writes a program that replaces the browser and receives the URL as its only argument. */
    writeBrowser(script: string): string {
      const path = join(home, 'browser.mjs');
      writeFileSync(path, `#!${process.execPath}\n${script}`);
      chmodSync(path, 0o755);
      return path;
    },
  };
}

export type Home = ReturnType<typeof createHome>;
