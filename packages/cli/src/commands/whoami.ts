import { AS_OPTION, defineCommand, JSON_OPTION } from '../command.ts';

export const whoami = defineCommand({
  name: 'whoami',
  summary: 'show the user that a key acts for',
  usage: '[site] [--as NAME] [--json]',
  options: { as: AS_OPTION, json: JSON_OPTION },
  completes: 'site',
  details: `Checks that the key works. Exit code 1 if the site rejects it.`,
  async run({ operands, values, signal }) {
    const { showUser } = await import('../use-key/show-user.ts');
    await showUser(operands, values, signal);
  },
});
