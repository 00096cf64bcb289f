import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** What a completion offers where a word of this kind stands. */
export type WordKind = 'site' | 'identity' | 'file' | readonly string[];

/** An option as it is parsed, explained and completed; one table for all three. */
interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly default?: string | boolean;
  readonly multiple?: boolean;
  /** What stands for its value in the help, such as `NAME`. */
  readonly value?: string;
  readonly about: string;
  readonly completes?: WordKind;
}

type OptionTable = Readonly<Record<string, Option>>;

type Values<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: true }>
>['values'];

/** How a command was called. */
interface Call<Options extends OptionTable> {
  readonly values: Values<Options>;
  /** The words that are no options. */
  readonly operands: readonly string[];
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** One command: what it is called, what it takes, what it says of itself, and what it does. */
export interface Command {
  readonly name: string;
  /** Half a line. */
  readonly summary: string;
  /** The words after the name, as the help shows them. */
  readonly usage: string;
  readonly options: OptionTable;
  /** What may stand as first word, for completion. */
  readonly completes?: WordKind;
  /** Explanation and examples. */
  readonly details: string;
  /** @throws Failure and what `explainError` knows */
  run(args: readonly string[], signal: AbortSignal): Promise<void>;
}

/** A command whose `run` gets what its options promise. What it does is imported there, so that `--help` need not wait for it. */
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
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      await run({
        values: values as Values<Options & ParseArgsOptionsConfig>,
        operands: positionals,
        signal,
      });
    },
  };
}

/** Options that several commands take, so that each is spelled and explained in one way. */
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
