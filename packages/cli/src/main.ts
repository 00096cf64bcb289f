#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { COMMANDS } from './command-table.ts';
import { EXIT, Failure } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { explainCommand, type Look, overview } from './help.ts';
import { printable } from './terminal/printable.ts';
import { createStyle } from './terminal/style.ts';

const HELP_WORDS: readonly string[] = ['help', '--help', '-h'];

async function run([name = '', ...args]: string[], signal: AbortSignal): Promise<void> {
  const look = lookOf(process.stdout);
  const isHelp = HELP_WORDS.includes(name);
  const wanted = isHelp ? (args[0] ?? '') : name;
  const command = COMMANDS.find((each) => each.name === wanted);
  if (isHelp && !command) return console.log(overview(COMMANDS, look));
  if (name === '--version') return console.log(version());
  if (name === '') {
    console.error(overview(COMMANDS, lookOf(process.stderr)));
    process.exitCode = EXIT.usage;
    return;
  }
  if (!command) throw new Failure(EXIT.usage, `There is no command “${name}”. See: valetkey --help`);
  if (isHelp || args.includes('--help') || args.includes('-h')) {
    return console.log(explainCommand(command, look));
  }
  await command.run(args, signal);
}

const lookOf = (stream: NodeJS.WriteStream): Look => ({
  style: createStyle(stream),
  columns: Math.min(stream.columns ?? 100, 100),
});

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
  process.exitCode ??= EXIT.ok;
} catch (error) {
  const { exitCode, message } = interrupted.signal.aborted
    ? { exitCode: EXIT.interrupted, message: '\nInterrupted.' }
    : explainError(error);
  console.error(printable(message));
  process.exitCode = exitCode;
}
// Standard input may still be open where a paste was possible.
process.stdin.unref?.();
