import { gzipSync } from 'node:zlib';
import { rolldown } from 'rolldown';

/** What a bundler makes of an entry. */
export interface Bundle {
  readonly code: string;
  /** Size as it travels, in bytes. */
  readonly gzippedBytes: number;
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
      .filter(([, { renderedLength }]) => renderedLength > 0)
      .map(([file]) => file);
    return {
      code: chunk.code,
      gzippedBytes: gzipSync(chunk.code, { level: 9 }).length,
      modules,
      imports: chunk.imports,
    };
  } finally {
    await build.close();
  }
}
