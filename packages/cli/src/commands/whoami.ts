import { AS_OPTION, defineCommand, JSON_OPTION } from '../command.ts';

export const whoami = defineCommand({
  name: 'whoami',
  summary: 'ask the site who a key acts for',
  usage: '[site] [--as NAME] [--json]',
  options: { as: AS_OPTION, json: JSON_OPTION },
  completes: 'site',
  details: `Shows that the key works. Ends with 1 if the site refuses it.`,
  async run({ operands, values, signal }) {
    const { askWho } = await import('../use-key/ask-who.ts');
    await askWho(operands, values, signal);
  },
});
