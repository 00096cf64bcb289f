import { defineCommand, JSON_OPTION } from '../command.ts';
import { readRequiredSite } from '../read-operands.ts';

export const importCommand = defineCommand({
  name: 'import',
  summary: 'store a key that you already have',
  usage: '<site> [--as NAME] [--json]',
  completes: 'site',
  options: {
    as: {
      type: 'string',
      value: 'NAME',
      about: 'name for this identity, if you have several on one site',
      completes: 'identity',
    },
    json: JSON_OPTION,
  },
  details: `Reads a user API key from standard input, checks it on the site, and stores it as login does. To use a key without
storing it, set VALETKEY_SITE and VALETKEY_KEY instead.

Examples
  pass show forum/key | valetkey import forum.example
  valetkey import forum.example --as bot < key.txt`,
  async run({ operands, values, signal }) {
    const asked = readRequiredSite('import', operands);
    const { importKey } = await import('../use-key/import-key.ts');
    await importKey({ asked, name: values.as ?? null, isJson: values.json }, signal);
  },
});
