// Why this exists: the packages are not published yet. npm turns an installed folder into a link at the next installation,
// and the link leads to TypeScript sources. A tarball stays what it is (docs/guides/install-from-a-clone.md).
//
// Use: npm run pack     builds, then writes dist/client.tgz and one more for each other package
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../source-tree.ts';
import { packAll } from './pack-all.ts';

const build = join(import.meta.dirname, 'build.ts');
const { status } = spawnSync(process.execPath, [build], { cwd: root, stdio: ['ignore', 2, 2] });
if (status === 0) {
  const destination = join(root, 'dist');
  rmSync(destination, { recursive: true, force: true });
  for (const tarball of packAll(destination)) console.log(tarball);
} else process.exitCode = status ?? 1;
