import { defineCommand, JSON_OPTION } from '../command.ts';

export const list = defineCommand({
  name: 'list',
  summary: 'the sites you have keys for, and who you are there',
  usage: '[--json]',
  options: { json: JSON_OPTION },
  details: `Asks no site anything. One line for each key: site, identity, scopes, expiry, and where the key is kept.`,
  async run({ values }) {
    const { listKeys } = await import('../use-key/list-keys.ts');
    listKeys(values.json, Date.now());
  },
});
