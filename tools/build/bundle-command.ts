// Loading a hundred small files takes longer than running a command. A package that nothing imports is therefore
// published as a few files, with the code of the other Valetkey packages
// (docs/decisions/0019-the-command-is-published-as-a-bundle.md).
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { root, type Workspace } from '../source-tree.ts';
import type { Manifest } from './package-exports.ts';

/** Returns whether a package is only a command. */
export const isCommand = ({ bin, exports }: Manifest): boolean => bin !== undefined && exports === undefined;

/**
 * Bundles the commands of a package into its `dist/`, and the programs that they start as processes (`*-process.ts`).
 * Lazily loaded code stays separate, third-party packages stay external. Returns the number of files.
 */
export async function bundleCommand(
  { folder, manifest }: Workspace,
  familyNames: readonly string[],
): Promise<number> {
  const programs = [
    ...Object.values(manifest.bin ?? {}),
    ...globSync('src/**/*-process.ts', { cwd: join(root, folder) }),
  ];
  const bundle = await rolldown({
    input: Object.fromEntries(
      programs.map((file) => [basename(file, '.ts'), join(root, folder, file)] as const),
    ),
    platform: 'node',
    external: (id) =>
      !/^[./]/.test(id) && !familyNames.some((name) => id === name || id.startsWith(`${name}/`)),
  });
  try {
    const { output } = await bundle.write({
      dir: join(root, folder, 'dist'),
      format: 'esm',
      entryFileNames: '[name].js',
      // All files are in one folder, so that a program finds the others beside it.
      chunkFileNames: '[name].js',
      codeSplitting: {
        groups: [
          // Code that must run first cannot share a file with the rest.
          { name: 'first', test: /compile-cache/, priority: 2 },
          // Otherwise each set of commands with shared code would get its own file.
          { name: 'shared', minShareCount: 2, priority: 1 },
        ],
      },
    });
    return output.length;
  } finally {
    await bundle.close();
  }
}
