#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { list } from './commands/list.ts';
import { login } from './commands/login.ts';
import { logout } from './commands/logout.ts';
import { request } from './commands/request.ts';
import { token } from './commands/token.ts';
import { whoami } from './commands/whoami.ts';
import { EXIT, Failure } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { HELP } from './help.ts';
import { printable } from './printable.ts';

const COMMANDS: Readonly<Record<string, (args: string[], signal: AbortSignal) => Promise<void>>> = {
  login,
  logout,
  request,
  whoami,
  list,
  token,
};

async function run([name = '', ...args]: string[], signal: AbortSignal): Promise<void> {
  if (['help', '--help', '-h'].includes(name) || args.includes('--help')) return console.log(HELP);
  if (name === '--version') return console.log(version());
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    throw new Failure(EXIT.usage, name === '' ? HELP : `There is no command “${name}”. See: valetkey --help`);
  }
  await command(args, signal);
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
}

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort());
// `valetkey request … | head` closes the pipe early, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.unusable);
});

try {
  await run(process.argv.slice(2), interrupted.signal);
  process.exitCode = EXIT.ok;
} catch (error) {
  const { exitCode, message } = interrupted.signal.aborted
    ? { exitCode: EXIT.interrupted, message: '\nInterrupted.' }
    : explainError(error);
  console.error(printable(message));
  process.exitCode = exitCode;
}
// Standard input may still be open where a paste was possible.
process.stdin.unref?.();
