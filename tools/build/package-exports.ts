// In the repository the `exports` of a package point at TypeScript sources, in the tarball at compiled files. Checks,
// build and the tests of the tarballs resolve exports here.

/** `exports` of a package.json, as far as this project uses them. */
export type ExportTarget = string | { readonly [condition: string]: ExportTarget };

/** The fields of a package.json that the tools read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  /** True for a package that is never published. */
  readonly private?: boolean;
  readonly engines?: { readonly node?: string };
  readonly exports?: Readonly<Record<string, ExportTarget>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Returns the files of `subpath` ('.', './seal'), one for each condition; none if it is not exported. */
export function findExportTargets(manifest: Manifest, subpath: string): string[] {
  for (const [pattern, target] of Object.entries(manifest.exports ?? {})) {
    const [before = '', after] = pattern.split('*');
    if (after === undefined) {
      if (pattern === subpath) return listTargets(target);
    } else if (subpath.startsWith(before) && subpath.endsWith(after)) {
      const middle = subpath.slice(before.length, subpath.length - after.length);
      return listTargets(target).map((file) => file.replace('*', middle));
    }
  }
  return [];
}

/** Returns the TypeScript files that others may import or run: export entries and commands, without duplicates. */
export function listEntryFiles(manifest: Manifest): string[] {
  const targets = [...Object.values(manifest.exports ?? {}), ...Object.values(manifest.bin ?? {})].flatMap(
    listTargets,
  );
  return [...new Set(targets.filter((file) => file.endsWith('.ts')))];
}

function listTargets(target: ExportTarget): string[] {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(listTargets);
}
