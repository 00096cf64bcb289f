import { AS_OPTION, defineCommand, JSON_OPTION } from '../command.ts';

export const scopes = defineCommand({
  name: 'scopes',
  summary: 'list the scopes of a site, and those of your key',
  usage: '[site] [--as NAME] [--json]',
  options: { as: AS_OPTION, json: JSON_OPTION },
  completes: 'site',
  details: `Needs no key. If you have one, its scopes are marked with *. A key can do nothing outside its scopes, so request at login
what you need and no more. The setting allow_user_api_key_scopes of the site defines which scopes it grants.

Examples
  valetkey scopes forum.example
  valetkey login forum.example --scopes notifications,session_info`,
  async run({ operands, values, signal }) {
    const { showScopes } = await import('../use-key/show-scopes.ts');
    await showScopes(operands, values, signal);
  },
});
