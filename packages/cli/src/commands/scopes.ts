import { AS_OPTION, defineCommand, JSON_OPTION } from '../command.ts';

export const scopes = defineCommand({
  name: 'scopes',
  summary: 'which scopes a site gives out, and which your key has',
  usage: '[site] [--as NAME] [--json]',
  options: { as: AS_OPTION, json: JSON_OPTION },
  completes: 'site',
  details: `Needs no key. Where you have one, its scopes are marked with *. A key can do nothing outside its scopes, whoever you are:
ask for what you need at login, and for no more. Which ones a site gives out is its setting allow_user_api_key_scopes.

Examples
  valetkey scopes forum.example
  valetkey login forum.example --scopes notifications,session_info`,
  async run({ operands, values, signal }) {
    const { showScopes } = await import('../use-key/show-scopes.ts');
    await showScopes(operands, values, signal);
  },
});
