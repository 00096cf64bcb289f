import { AS_OPTION, defineCommand } from '../command.ts';

export const token = defineCommand({
  name: 'token',
  summary: 'print the key itself, for scripts',
  usage: '[site] [--as NAME]',
  options: { as: AS_OPTION },
  completes: 'site',
  details: `Prints the key to standard output. Do not pass it as an argument: other users can see arguments in the process list.

Examples
  curl -H @- https://forum.example/latest.json \\
    <<< "User-Api-Key: $(valetkey token)"
  valetkey token forum.example --as bot | pbcopy`,
  async run({ operands, values, signal }) {
    const { printKey } = await import('../use-key/print-key.ts');
    await printKey(operands, values.as, signal);
  },
});
