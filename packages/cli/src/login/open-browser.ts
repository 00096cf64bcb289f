import { spawn } from 'node:child_process';
import { decideOpeners } from './decide-openers.ts';

/**
 * Opens an address in the person's browser: the program in `BROWSER`, else the system's; where one cannot be started, the
 * next. Never through a shell. The address is printed as well, so nothing is lost where none of them is there; whoever named
 * one is told.
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
