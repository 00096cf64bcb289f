// The package.json of a tarball points at compiled files, unlike the one in the repository.
import type { ExportTarget, Manifest } from './package-exports.ts';

/**
 * Returns the package.json of the tarball: `./src/x.ts` becomes `./x.js` with `./x.d.ts`, for exports and commands.
 * Omits fields for development (scripts, devDependencies, files).
 *
 * @param bundled packages whose code is in the folder
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

/** `./src/a/b.ts` → `./a/b.js`; other files stay unchanged. */
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
