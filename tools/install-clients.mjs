// Why this exists: the tests with real clients need packages that are no dependency of a developer. `npm test` installs them once.
//
// Use: node tools/install-clients.mjs
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isInstalled } from './launch/installed-tree.mjs';

const folder = fileURLToPath(new URL('../tests/clients', import.meta.url));

if (!isInstalled(folder)) {
  const args = ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync('npm', args, {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  // Without a network the tests are skipped. In CI a missing installation is a failure.
  if (status !== 0) console.error('The packages of tests/clients are not installed. Run "npm run clients".');
  if (status !== 0 && process.env.CI) process.exitCode = 1;
}
