import { spawn } from 'node:child_process';
import { decideOpeners } from './decide-openers.ts';

/**
 * Opens a URL in the browser: the programs in `BROWSER`, otherwise the default of the system, until one starts. Uses
 * no shell. The URL is printed as well. If no program in `BROWSER` starts, a message says so.
 */
export function openBrowser(url: URL): void {
  const { env, platform } = process;
  start(decideOpeners(url.href, env, platform), () => {
    if (env.BROWSER) console.error(`None of the programs in BROWSER (${env.BROWSER}) can be started.`);
  });
}

function start([opener, ...others]: readonly (readonly string[])[], giveUp: () => void): void {
  const [program, ...args] = opener ?? [];
  if (program === undefined) {
    giveUp();
    return;
  }
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => start(others, giveUp));
  child.unref();
}
