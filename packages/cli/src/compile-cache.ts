import { mkdirSync, statSync } from 'node:fs';
// Not by name: a name that Node 20 does not know would end it here.
import nodeModule from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/**
 * Has Node keep what it has compiled, which is most of a short command's start. What lies there is run the next time: so in
 * a folder that nobody else may write to, never among everybody's temporary files. Without such a folder nothing is kept.
 */
export function startCompileCache(): void {
  // Node 20 has no such thing; and whoever set NODE_COMPILE_CACHE has chosen a folder.
  if (nodeModule.enableCompileCache === undefined || nodeModule.getCompileCacheDir() !== undefined) return;
  try {
    const folder = join(cacheHome(process.env, process.platform), 'valetkey');
    // A relative one would be in whatever folder the command is run in, which may be somebody else's work.
    if (!isAbsolute(folder)) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (isOursAlone(folder)) nodeModule.enableCompileCache(folder);
  } catch {
    // It starts a little later then.
  }
}

/** Keeps what was compiled until now; otherwise that waits for the end, which a closed terminal does not let happen. */
export function saveCompileCache(): void {
  nodeModule.flushCompileCache?.();
}

function cacheHome(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.XDG_CACHE_HOME) return env.XDG_CACHE_HOME;
  if (platform === 'win32' && env.LOCALAPPDATA) return env.LOCALAPPDATA;
  return join(homedir(), platform === 'darwin' ? 'Library/Caches' : '.cache');
}

/** Windows keeps a person's files apart by other means than these bits. */
function isOursAlone(folder: string): boolean {
  const { uid, mode } = statSync(folder);
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}
