import { AS_OPTION, defineCommand } from '../command.ts';

export const logout = defineCommand({
  name: 'logout',
  summary: 'revoke a key on the site and remove it from this computer',
  usage: '[site] [--as NAME]',
  options: { as: AS_OPTION },
  completes: 'site',
  details: `The key is removed only after the site has confirmed that it is revoked. If the site cannot be reached, or a proxy
responds instead, the key is kept and you can try again.`,
  async run({ operands, values, signal }) {
    const { logOut } = await import('../use-key/log-out.ts');
    await logOut(operands, values.as, signal);
  },
});
