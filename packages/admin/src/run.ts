import { parseArgs } from 'node:util';
import { ValetkeyError } from '@valetkey/protocol';
import { explainError } from '@valetkey/protocol/messages';
import { AdminError, EXIT, type ExitCode } from './admin-error.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './command-table.ts';
import { openStore, parseDatabase, readDatabase } from './database.ts';
import { HELP } from './help.ts';

/** What the command needs from its process. */
export interface AdminIo {
  readonly environment: Readonly<Partial<Record<string, string>>>;
  readonly now: () => number;
  write(line: string): void;
  writeError(line: string): void;
}

/** Runs one command. Returns its exit code; never rejects. */
export async function run(parameters: readonly string[], io: AdminIo): Promise<ExitCode> {
  try {
    return await runCommand(parameters, io);
  } catch (error) {
    io.writeError(explain(error));
    if (error instanceof AdminError) return error.exitCode;
    return error instanceof ValetkeyError && error.code === 'store_unavailable'
      ? EXIT.unavailable
      : EXIT.failed;
  }
}

function explain(error: unknown): string {
  if (error instanceof ValetkeyError) return explainError(error);
  return error instanceof Error ? error.message : String(error);
}

async function runCommand(parameters: readonly string[], io: AdminIo): Promise<ExitCode> {
  const { values, positionals } = parseParameters(parameters);
  if (values.help) {
    io.write(HELP);
    return EXIT.ok;
  }
  const { name, command, operands } = findCommand(positionals);
  const { yes, json, database: given, 'database-url-file': urlFile, help: _, ...options } = values;
  const unknown = Object.keys(options).find((option) => !Object.hasOwn(command.options ?? {}, option));
  if (unknown !== undefined) throw usage(`"${name}" has no option --${unknown}.`);
  const text = readDatabase(given, urlFile) ?? io.environment.VALETKEY_DATABASE;
  if (text === undefined) throw usage('--database is missing.');
  const database = parseDatabase(text);
  if (command.destroys !== undefined && !yes)
    throw new AdminError(EXIT.notConfirmed, `${command.destroys} Nothing was changed. Add --yes to confirm.`);
  const print = (record: Readonly<Record<string, unknown>>) =>
    io.write(json ? toJson(record) : toLine(record));
  const context = { operands, options, database, now: io.now, print };
  if (command.uses === 'files') {
    await command.run(context);
    return EXIT.ok;
  }
  const store = await openStore(database, command.uses);
  try {
    await command.run({ ...context, store });
  } finally {
    await store.close();
  }
  return EXIT.ok;
}

const usage = (sentence: string) =>
  new AdminError(EXIT.usage, `${sentence} "valetkey-admin --help" lists commands and options.`);

function parseParameters(parameters: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...parameters],
      allowPositionals: true,
      options: {
        database: text,
        'database-url-file': text,
        since: text,
        until: text,
        user: text,
        yes: flag,
        json: flag,
        help: flag,
      },
    });
  } catch (error) {
    throw usage(`${(error as Error).message}.`);
  }
}

function findCommand(positionals: readonly string[]): {
  readonly name: string;
  readonly command: Command;
  readonly operands: readonly string[];
} {
  for (const words of [2, 1]) {
    const name = positionals.slice(0, words).join(' ');
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) continue;
    const operands = positionals.slice(words);
    if (operands.length !== command.operands.length)
      throw usage(`Write: ${[name, ...command.operands].join(' ')}.`);
    return { name, command, operands };
  }
  throw usage(positionals.length === 0 ? 'The command is missing.' : 'There is no such command.');
}

/** Names and user agents are texts of strangers: control characters would command the terminal. */
const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const toLine = (record: Readonly<Record<string, unknown>>): string =>
  Object.entries(record)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('  ')
    .replaceAll(CONTROL, '�');

/** The same JSON, with these characters escaped: JSON.stringify leaves some of them as they are. */
const toJson = (record: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(record).replaceAll(CONTROL, (character) => character.split('').map(escapeUnit).join(''));

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
