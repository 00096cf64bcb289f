// Why this exists: whoever types a command waits for it, and reading a hundred small files takes longer than running what is in
// them. A package from which nobody imports is therefore published as a few files, the family's code among it
// (docs/decisions/0019-the-command-is-published-as-a-bundle.md).
import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { rolldown } from 'rolldown';
import { root, type Workspace } from '../source-tree.ts';
import type { Manifest } from './package-exports.ts';

/** Whether a package is a command and nothing else. */
export const isCommand = ({ bin, exports }: Manifest): boolean => bin !== undefined && exports === undefined;

/**
 * Writes the commands of a package into its `dist/`, and the programs that they start as processes of their own (`*-process.ts`):
 * what is loaded only when it is wanted stays apart, third parties stay outside. Answers how many files that makes.
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
      // All in one folder, where a program finds the other ones beside it.
      chunkFileNames: '[name].js',
      codeSplitting: {
        groups: [
          // What has to run before the rest is loaded cannot be in one file with it.
          { name: 'first', test: /compile-cache/, priority: 2 },
          // Else there would be one file for each set of commands that share something.
          { name: 'shared', minShareCount: 2, priority: 1 },
        ],
      },
    });
    return output.length;
  } finally {
    await bundle.close();
  }
}
