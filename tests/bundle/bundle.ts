import { isAbsolute } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type OutputAsset, type OutputChunk, rolldown } from 'rolldown';

/** A bundled entry. */
export interface Bundle {
  readonly code: string;
  /** The bytes that are loaded at the start, gzipped; `import()` loads later if the bundler splits. */
  readonly gzippedBytes: number;
  /** The bytes including lazily loaded code, gzipped. */
  readonly wholeGzippedBytes: number;
  /** Source files with code in the bundle, as absolute paths. */
  readonly modules: readonly string[];
  /** External imports, such as `node:http`. */
  readonly imports: readonly string[];
}

/** Bundles an entry as one minified ES module with everything except Node’s modules, as an app ships it. */
export async function bundle(entry: string): Promise<Bundle> {
  const build = await rolldown({ input: entry, external: /^node:/, platform: 'browser', logLevel: 'silent' });
  try {
    const { output } = await build.generate({ format: 'esm', minify: true, codeSplitting: false });
    const [chunk] = output;
    const lost = chunk.imports.filter((name) => !name.startsWith('node:'));
    if (lost.length > 0) throw new Error(`${entry} has imports that cannot be resolved: ${lost.join(', ')}`);
    const modules = Object.entries(chunk.modules)
      // Code that the bundler adds has no file.
      .filter(([file, { renderedLength }]) => renderedLength > 0 && isAbsolute(file))
      .map(([file]) => file);
    const split = await build.generate({ format: 'esm', minify: true });
    return {
      code: chunk.code,
      gzippedBytes: findFirstChunks(split.output).reduce((sum, { code }) => sum + gzippedLength(code), 0),
      wholeGzippedBytes: gzippedLength(chunk.code),
      modules,
      imports: chunk.imports,
    };
  } finally {
    await build.close();
  }
}

const gzippedLength = (code: string): number => gzipSync(code, { level: 9 }).length;

/** Returns the entry chunk and the chunks that it imports statically. */
function findFirstChunks(output: readonly (OutputChunk | OutputAsset)[]): readonly OutputChunk[] {
  const chunks = output.filter((part) => part.type === 'chunk');
  const first = new Set(chunks.filter(({ isEntry }) => isEntry));
  // A set also iterates over items that are added meanwhile.
  for (const { imports } of first)
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) first.add(chunk);
  return [...first];
}
