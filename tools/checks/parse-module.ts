// TypeScript 7 has no stable parser API, and regular expressions mistake comments for imports. oxc-parser, which knip
// depends on anyway, provides imports, exports and docstrings.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { root } from '../source-tree.ts';

export interface Import {
  readonly specifier: string;
  readonly isTypeOnly: boolean;
  readonly line: number;
}

/** `name` is '*' for `export *`; `from` is set for a re-export. */
export interface Export {
  readonly name: string;
  readonly from: { readonly specifier: string; readonly name: string } | null;
  readonly isDocumented: boolean;
  readonly line: number;
}

export interface ParsedModule {
  readonly imports: readonly Import[];
  readonly exports: readonly Export[];
}

/** Reads one file, given relative to the root. */
export function readModule(file: string): ParsedModule {
  return parseModule(file, readFileSync(join(root, file), 'utf8'));
}

/**
 * Returns the imports and exports of a module’s text. `import type` and `export type … from` count as types only;
 * `import { type A }` does not, because `verbatimModuleSyntax` keeps the import.
 */
export function parseModule(file: string, text: string): ParsedModule {
  const { module, comments, errors } = parseSync(file, text);
  if (errors[0]) throw new Error(`${file} cannot be parsed as a module: ${errors[0].message}`);
  const lineAt = (offset: number) => text.slice(0, offset).split('\n').length;
  const isDocumented = (start: number) =>
    comments.some((c) => c.value.startsWith('*') && c.end <= start && text.slice(c.end, start).trim() === '');
  const describe = (specifier: string, start: number, typeOnly: RegExp): Import => ({
    specifier,
    isTypeOnly: typeOnly.test(text.slice(start)),
    line: lineAt(start),
  });

  const imports = module.staticImports.map((i) =>
    describe(i.moduleRequest.value, i.start, /^import\s+type\b/),
  );
  for (const { start, moduleRequest } of module.dynamicImports) {
    const literal = /^(['"])(.*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[2]) imports.push(describe(literal[2], start, /^$/));
  }
  const exports: Export[] = [];
  for (const { start, entries } of module.staticExports) {
    const passedOnFrom = entries[0]?.moduleRequest;
    if (passedOnFrom) imports.push(describe(passedOnFrom.value, start, /^export\s+type\b/));
    for (const { exportName, importName, moduleRequest, start: entryStart } of entries) {
      exports.push({
        name: exportName.name ?? (importName.kind === 'AllButDefault' ? '*' : 'default'),
        from: moduleRequest && { specifier: moduleRequest.value, name: importName.name ?? '*' },
        isDocumented: isDocumented(start),
        line: lineAt(entryStart),
      });
    }
  }
  return { imports, exports };
}
