import { defineCommand, JSON_OPTION } from '../command.ts';

export const list = defineCommand({
  name: 'list',
  summary: 'list your keys',
  usage: '[--json]',
  options: { json: JSON_OPTION },
  details: `One line per key: site, identity, scopes, expiry, and where the key is stored. Sends no requests, except for keys whose
expiry has passed by the clock of this computer: the site decides whether they have expired.`,
  async run({ values, signal }) {
    const { listKeys } = await import('../use-key/list-keys.ts');
    await listKeys(values.json, Date.now(), signal);
  },
});
