import { AS_OPTION, defineCommand } from '../command.ts';

export const logout = defineCommand({
  name: 'logout',
  summary: 'revoke a key on the site and forget it here',
  usage: '[site] [--as NAME]',
  options: { as: AS_OPTION },
  completes: 'site',
  details: `The key is forgotten only when it is surely dead: where the site cannot be reached, or something in front of it
answers instead, it is kept, and you can try again.`,
  async run({ operands, values, signal }) {
    const { logOut } = await import('../use-key/log-out.ts');
    await logOut(operands, values.as, signal);
  },
});
