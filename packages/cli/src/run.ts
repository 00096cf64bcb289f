import { COMMAND_NAMES, findCommand, loadCommands } from './command-table.ts';
import { CliError, EXIT } from './exit-codes.ts';
import type { HelpFormat } from './help.ts';

/** Ctrl-C, shutdown, and a closed terminal. After each, an approved key is stored first. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const HELP_NAMES: readonly string[] = ['help', '--help', '-h'];

/** Runs the command line, prints errors and exits with the exit code. */
export async function run(words: readonly string[]): Promise<void> {
  const interrupted = new AbortController();
  for (const end of SIGNALS) process.once(end, () => interrupted.abort());
  // `valetkey request … | head` closes the pipe early, which is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.unusable);
  });
  // A closed standard error must not lose an approved key.
  process.stderr.on('error', () => {});
  try {
    await runCommand(words, interrupted.signal);
    process.exitCode ??= EXIT.ok;
  } catch (error) {
    process.exitCode = await reportError(error, interrupted.signal.aborted);
  }
  // Exits explicitly: standard input may still be open for a paste, and a keychain may not respond.
  process.stdout.write('', () => process.exit());
}

async function runCommand([name = '', ...args]: readonly string[], signal: AbortSignal): Promise<void> {
  const isHelp = HELP_NAMES.includes(name);
  const wanted = isHelp ? (args[0] ?? '') : name;
  const command = await findCommand(wanted);
  if (isHelp && wanted === '') return printOverview(process.stdout);
  if (name === '--version') return console.log(await version());
  if (name === '') {
    await printOverview(process.stderr);
    process.exitCode = EXIT.usage;
    return;
  }
  if (!command) {
    const { suggest } = await import('./suggest.ts');
    const hint = suggest(wanted, COMMAND_NAMES);
    throw new CliError(EXIT.usage, `Unknown command “${wanted}”.${hint} See: valetkey --help`);
  }
  if (isHelp || args.includes('--help') || args.includes('-h')) {
    const { explainCommand } = await import('./help.ts');
    return console.log(explainCommand(command, await helpFormatOf(process.stdout)));
  }
  await command.run(args, signal);
}

async function printOverview(stream: NodeJS.WriteStream): Promise<void> {
  const { overview } = await import('./help.ts');
  stream.write(`${overview(await loadCommands(), await helpFormatOf(stream))}\n`);
}

async function helpFormatOf(stream: NodeJS.WriteStream): Promise<HelpFormat> {
  const { createStyle } = await import('./terminal/style.ts');
  return { style: createStyle(stream), columns: Math.min(stream.columns ?? 100, 100) };
}

async function version(): Promise<string> {
  const { default: manifest } = await import('../package.json', { with: { type: 'json' } });
  return manifest.version;
}

async function reportError(error: unknown, isInterrupted: boolean): Promise<number> {
  const { explainError } = await import('./explain-error.ts');
  const { printable } = await import('./terminal/printable.ts');
  const { exitCode, message } = isInterrupted
    ? { exitCode: EXIT.interrupted, message: '\nInterrupted.' }
    : explainError(error);
  console.error(printable(message));
  return exitCode;
}
