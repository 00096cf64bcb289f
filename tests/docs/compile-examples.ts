import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/source-tree.ts';

/**
 * Compiles modules with the compiler options of this project. Returns TypeScript’s messages; empty if there are none.
 */
export function compileExamples(name: string, modules: ReadonlyMap<string, string>): string {
  // Inside the project, so that package names resolve.
  const folder = join(root, 'test-results', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of modules) writeFileSync(join(folder, file), text);
  const config = { extends: '../../tsconfig.json', include: ['*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const args = [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder];
  return spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout;
}
