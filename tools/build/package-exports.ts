// Why this exists: in the repository a package's `exports` point at its TypeScript sources, in the tarball at what was compiled
// from them. The checks, the build and the test of the tarballs all need to know where an export leads.

/** `exports` of a package.json, as far as the house uses them. */
export type ExportTarget = string | { readonly [condition: string]: ExportTarget };

/** The fields of a package.json that the tools read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly engines?: { readonly node?: string };
  readonly exports?: Readonly<Record<string, ExportTarget>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The files that `subpath` ('.', './seal') leads to, one for each condition; none if it is not exported. */
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

/** Every TypeScript file that somebody outside may import or run: export entries and commands, each once. */
export function listEntryFiles(manifest: Manifest): string[] {
  const targets = [...Object.values(manifest.exports ?? {}), ...Object.values(manifest.bin ?? {})].flatMap(
    listTargets,
  );
  return [...new Set(targets.filter((file) => file.endsWith('.ts')))];
}

function listTargets(target: ExportTarget): string[] {
  return typeof target === 'string' ? [target] : Object.values(target).flatMap(listTargets);
}
