import { defineCommand, JSON_OPTION } from '../command.ts';

export const list = defineCommand({
  name: 'list',
  summary: 'list your keys',
  usage: '[--json]',
  options: { json: JSON_OPTION },
  details: `Sends no requests. One line per key: site, identity, scopes, expiry, and where the key is stored.`,
  async run({ values }) {
    const { listKeys } = await import('../use-key/list-keys.ts');
    listKeys(values.json, Date.now());
  },
});
