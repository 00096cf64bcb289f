import { isAbsolute } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type OutputAsset, type OutputChunk, rolldown } from 'rolldown';

/** What a bundler makes of an entry. */
export interface Bundle {
  readonly code: string;
  /** What travels before the app begins, in bytes: what is imported by `import()` comes later, where a bundler splits. */
  readonly gzippedBytes: number;
  /** With all that may come later. */
  readonly wholeGzippedBytes: number;
  /** Files that something was taken from, as absolute paths. */
  readonly modules: readonly string[];
  /** What is left to the runtime to find, such as `node:http`. */
  readonly imports: readonly string[];
}

/** One minified ES module with everything in it but Node's own, as an app ships it. */
export async function bundle(entry: string): Promise<Bundle> {
  const build = await rolldown({ input: entry, external: /^node:/, platform: 'browser', logLevel: 'silent' });
  try {
    const { output } = await build.generate({ format: 'esm', minify: true, codeSplitting: false });
    const [chunk] = output;
    const lost = chunk.imports.filter((name) => !name.startsWith('node:'));
    if (lost.length > 0) throw new Error(`${entry} imports what cannot be found: ${lost.join(', ')}`);
    const modules = Object.entries(chunk.modules)
      // What the bundler brings itself is no file.
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

/** The entry, and what it imports from the start. */
function findFirstChunks(output: readonly (OutputChunk | OutputAsset)[]): readonly OutputChunk[] {
  const chunks = output.filter((part) => part.type === 'chunk');
  const first = new Set(chunks.filter(({ isEntry }) => isEntry));
  // A set takes in what is added while it is walked.
  for (const { imports } of first)
    for (const chunk of chunks) if (imports.includes(chunk.fileName)) first.add(chunk);
  return [...first];
}
