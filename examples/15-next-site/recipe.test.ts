import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { runSite } from '../test-support/run-site.ts';
import { sitePromises } from '../test-support/site-promises.ts';

const folder = import.meta.dirname;
const next = join(folder, '../node_modules/next/dist/bin/next');

sitePromises(async () => {
  // Half a minute. It must not open the database, which is somewhere else when the site runs.
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    DATABASE: '/nowhere/at-all',
  };
  execFileSync(process.execPath, [next, 'build'], { cwd: folder, env, stdio: 'pipe' });
  return runSite(folder, [next, 'start', '-H', '127.0.0.1']);
});
