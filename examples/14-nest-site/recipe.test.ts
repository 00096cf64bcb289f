import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { runSite } from '../test-support/run-site.ts';
import { sitePromises } from '../test-support/site-promises.ts';

const folder = import.meta.dirname;
const compiler = join(folder, '../../node_modules/typescript/bin/tsc');

sitePromises(async () => {
  // In this repository the packages are TypeScript sources, which have compiler options of their own.
  execFileSync(process.execPath, [compiler, '-p', folder, '--noCheck'], { stdio: 'inherit' });
  return runSite(folder, ['dist/main.js']);
});
