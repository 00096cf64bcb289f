import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { CliError, EXIT } from './exit-codes.ts';

/** The kind of words that completion offers. */
export type WordKind = 'site' | 'identity' | 'file' | readonly string[];

/** An option: how it is parsed, explained and completed. */
interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly default?: string | boolean;
  readonly multiple?: boolean;
  /** Placeholder of its value in the help, such as `NAME`. */
  readonly value?: string;
  readonly about: string;
  readonly completes?: WordKind;
}

type OptionTable = Readonly<Record<string, Option>>;

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: true }>
>['values'];

/** The arguments of a call. */
interface Call<Options extends OptionTable> {
  readonly values: Values<Options>;
  /** The arguments that are not options. */
  readonly operands: readonly string[];
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** A command: its name, options, help text and implementation. */
export interface Command {
  readonly name: string;
  /** At most half a line. */
  readonly summary: string;
  /** The arguments after the name, as shown in the help. */
  readonly usage: string;
  readonly options: OptionTable;
  /** Completes the first argument. */
  readonly completes?: WordKind;
  /** Explanation and examples. */
  readonly details: string;
  /** @throws CliError, and errors that `explainError` knows */
  run(args: readonly string[], signal: AbortSignal): Promise<void>;
}

/**
 * Creates a command whose `run` receives typed options. It imports its implementation, so that `--help` does not load
 * it.
 */
export function defineCommand<const Options extends OptionTable>({
  run,
  ...command
}: Omit<Command, 'run' | 'options'> & {
  readonly options: Options;
  readonly run: (call: Call<Options>) => Promise<void>;
}): Command {
  const options = command.options as Options & ParseArgsOptionsConfig;
  return {
    ...command,
    async run(args, signal) {
      const { values, positionals } = await parseWords(command.name, args, options);
      await run({
        values: values as Values<Options & ParseArgsOptionsConfig>,
        operands: positionals,
        signal,
      });
    },
  };
}

/**
 * @throws CliError 2 for an unknown option, with a similar one, and for an option without its value
 */
async function parseWords<Options extends ParseArgsOptionsConfig>(
  command: string,
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')))
      throw error;
    // Node adds an explanation of a rare spelling.
    const [what = ''] = error.message.split('. To specify');
    const [, unknown] = /^Unknown option '(--[^']+)'/.exec(what) ?? [];
    const { suggest } = await import('./suggest.ts');
    const names = Object.keys(options).map((name) => `--${name}`);
    const hint = unknown === undefined ? '' : suggest(unknown, names);
    throw new CliError(EXIT.usage, `${what.replace(/\.?$/, '.')}${hint} See: valetkey ${command} --help`);
  }
}

/** Options of several commands. */
export const AS_OPTION = {
  type: 'string',
  value: 'NAME',
  about: 'identity to use on the site: the name from `login --as`, or your user name',
  completes: 'identity',
} as const;

export const JSON_OPTION = {
  type: 'boolean',
  default: false,
  about: 'print one JSON object',
} as const;
