#!/usr/bin/env node
import { SiteRefusal } from '@valetkey/client';
import { ValetkeyError } from '@valetkey/protocol';
import { list } from './commands/list.ts';
import { login } from './commands/login.ts';
import { logout } from './commands/logout.ts';
import { request } from './commands/request.ts';
import { token } from './commands/token.ts';
import { whoami } from './commands/whoami.ts';
import { EXIT, type ExitCode, Failure } from './exit-codes.ts';
import { HELP } from './help.ts';
import { printable } from './printable.ts';

const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<void>>> = {
  login,
  logout,
  request,
  whoami,
  list,
  token,
};

async function run([name = '', ...args]: string[]): Promise<void> {
  if (['help', '--help', '-h'].includes(name) || args.includes('--help')) return console.log(HELP);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    throw new Failure(EXIT.usage, name === '' ? HELP : `There is no command “${name}”. See: valetkey --help`);
  }
  await command(args);
}

/** One sentence for people, one number for scripts. What nobody foresaw keeps its stack. */
function explain(error: unknown): { exitCode: ExitCode; message: string } {
  if (error instanceof Failure) return { exitCode: error.exitCode, message: error.message };
  if (error instanceof SiteRefusal) return { exitCode: EXIT.refused, message: error.message };
  if (error instanceof ValetkeyError) {
    const exitCode = error.code === 'site_unreachable' ? EXIT.unreachable : EXIT.refused;
    return { exitCode, message: error.message };
  }
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    return { exitCode: EXIT.usage, message: `${error.message} See: valetkey --help` };
  }
  return {
    exitCode: EXIT.refused,
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

try {
  await run(process.argv.slice(2));
  // Standard input may still be open where a paste was possible.
  process.exitCode = EXIT.ok;
  process.stdin.unref?.();
} catch (error) {
  const { exitCode, message } = explain(error);
  console.error(printable(message));
  process.exitCode = exitCode;
  process.stdin.unref?.();
}
