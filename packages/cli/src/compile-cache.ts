import { mkdirSync, statSync } from 'node:fs';
// Not as a named import: Node 20 has no `enableCompileCache`, and a missing name ends the program.
import nodeModule from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Enables the compile cache of Node, which saves most of the start-up time. Cached code is executed, so the folder
 * must be writable by this user only. Without such a folder, nothing is cached.
 */
export function startCompileCache(): void {
  // Node 20 has no compile cache. If NODE_COMPILE_CACHE is set, the user has chosen a folder.
  if (nodeModule.enableCompileCache === undefined || nodeModule.getCompileCacheDir() !== undefined) return;
  try {
    const folder = join(cacheHome(process.env, process.platform), 'valetkey');
    // A relative path would depend on the working directory, which another user may control.
    if (!isAbsolute(folder)) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isOursAlone(folder)) nodeModule.enableCompileCache(folder);
  } catch {
    // Without the cache, the command only starts more slowly.
  }
}

/** Writes the cache now. By default, Node writes it at exit, which does not happen if the terminal is closed. */
export function saveCompileCache(): void {
  nodeModule.flushCompileCache?.();
}

function cacheHome(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (platform === 'win32' && env.LOCALAPPDATA) return env.LOCALAPPDATA;
  return join(homedir(), platform === 'darwin' ? 'Library/Caches' : '.cache');
}

/** Windows does not use these permission bits. */
function isOursAlone(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}
