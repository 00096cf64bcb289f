import { renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findPublishedWorkspaces, root } from '../source-tree.ts';
import { packDist } from './pack-dist.ts';

/** Packs every `dist/` into a folder, as `client.tgz` and so on. Returns the paths of the tarballs. */
export function packAll(destination: string): string[] {
  return findPublishedWorkspaces().map(({ folder }) => {
    // Without the version in the name, guides and scripts stay correct.
    const target = join(destination, `${basename(folder)}.tgz`);
    renameSync(packDist(join(root, folder, 'dist'), destination).tarball, target);
    return target;
  });
}
