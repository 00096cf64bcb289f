import { AS_OPTION, defineCommand } from '../command.ts';

export const token = defineCommand({
  name: 'token',
  summary: 'print the key itself, for scripts',
  usage: '[site] [--as NAME]',
  options: { as: AS_OPTION },
  completes: 'site',
  details: `The one place where a key is shown. Keep it out of arguments, where other people's process lists show it.

Examples
  curl -H @- https://forum.example/latest.json \\
    <<< "User-Api-Key: $(valetkey token)"
  valetkey token forum.example --as bot | pbcopy`,
  async run({ operands, values, signal }) {
    const { printKey } = await import('../use-key/print-key.ts');
    await printKey(operands, values.as, signal);
  },
});
