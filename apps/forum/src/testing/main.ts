#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { needNode } from '../need-node.ts';

needNode('valetkey-test-site');
const { serveControl } = await import('./serve-control.ts');
const { startTestSite } = await import('./start-test-site.ts');

const USAGE = `A temporary site to test an app against, in memory and on a loopback port.

  valetkey-test-site [--port N] [--set NAME=VALUE]…

  --port N          port of the site (default: any free port)
  --set NAME=VALUE  an initial setting, such as
                    allowed_user_api_auth_redirects=myapp://callback
  --help            show this text

Prints one line of JSON: \`url\` is the site, and \`control\` the URL for commands.
Send commands with POST, as a form or as JSON:
  approve, decline  url, as: the URL that your app opens → redirect_url, payload
  approve-device, decline-device
                    code, as: the code that a device shows
  issue-key         scopes, as, expires_in_seconds → key
  revoke-keys, suspend, unsuspend  username
  settings          name=value …  → every setting
  advance           seconds       → now
  stop
SIGTERM stops it too.`;

try {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      set: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(USAGE);
  else await run(Number(values.port), readSettings(values.set));
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n`);
  console.error(USAGE);
  process.exitCode = 2;
}

async function run(port: number, settings: Record<string, string>): Promise<void> {
  const site = await startTestSite({ port, settings });
  const stop = async (): Promise<void> => {
    control.close();
    await site.close();
    process.exit(0);
  };
  const control = await serveControl(site, stop);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  console.log(JSON.stringify({ url: site.url, control: control.url }));
}

function readSettings(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^(\w+)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined || value === undefined)
        throw new Error(`--set must be NAME=VALUE, not ${pair}.`);
      return [name, value];
    }),
  );
}
