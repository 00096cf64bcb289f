import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** How to get a Chromium where there is none. */
export const CHROMIUM_ADVICE = 'install it with `apt-get install chromium`, or name one in $CHROMIUM';

/** The Chromium that browser tests drive: `$CHROMIUM`, else the first on the path; null if there is none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | null {
  if (env.CHROMIUM) return env.CHROMIUM;
  const folders = (env.PATH ?? '').split(delimiter);
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
