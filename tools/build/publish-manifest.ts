// Why this exists: what is published is compiled, so its package.json must lead elsewhere than the one in the repository.
import type { ExportTarget, Manifest } from './package-exports.ts';

/**
 * The package.json of the tarball: `./src/x.ts` becomes `./x.js` with `./x.d.ts` beside it, for exports and commands. What only
 * development needs (scripts, devDependencies, the list of files) is left out: the folder holds what is published and no more.
 *
 * @param bundled packages whose code is in the folder already
 */
export function toPublishedManifest(
  manifest: Manifest,
  bundled: readonly string[] = [],
): Record<string, unknown> {
  const { scripts, devDependencies, files, dependencies, ...kept } = manifest as Manifest & {
    scripts?: unknown;
    files?: unknown;
  };
  const exports = Object.entries(manifest.exports ?? {}).map(([path, target]) => [
    path,
    publishTarget(target),
  ]);
  const commands = Object.entries(manifest.bin ?? {}).map(([name, file]) => [name, toCompiled(file, '.js')]);
  const needed = Object.entries(dependencies ?? {}).filter(([name]) => !bundled.includes(name));
  return {
    ...kept,
    ...(dependencies && { dependencies: Object.fromEntries(needed) }),
    ...(manifest.exports && { exports: Object.fromEntries(exports) }),
    ...(manifest.bin && { bin: Object.fromEntries(commands) }),
  };
}

/** `./src/a/b.ts` → `./a/b.js`; what is not compiled stays where it is. */
export function toCompiled(file: string, extension: '.js' | '.d.ts'): string {
  return file.replace(/^(\.\/)?src\//, '$1').replace(/\.ts$/, extension);
}

function publishTarget(target: ExportTarget): ExportTarget {
  if (typeof target !== 'string')
    return Object.fromEntries(
      Object.entries(target).map(([condition, inner]) => [condition, publishTarget(inner)]),
    );
  return target.endsWith('.ts')
    ? { types: toCompiled(target, '.d.ts'), default: toCompiled(target, '.js') }
    : target;
}
