import { existsSync } from 'node:fs';

const WINDOWS = 'url.dll,FileProtocolHandler';

/**
 * Which programs open an address, in the order to try them, each with its arguments. `BROWSER` is read as other programs read
 * it: several are set apart by colons, arguments by blanks, and the address stands for `%s`, else comes last.
 *
 * @param isFile whether there is such a file: then blanks and colons are part of its name
 */
export function decideOpeners(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  isFile: (path: string) => boolean = existsSync,
): readonly (readonly string[])[] {
  if (env.BROWSER) return parseBrowser(env.BROWSER, isFile).map((words) => putIn(words, url));
  if (platform === 'darwin') return [['open', url]];
  if (platform === 'win32') return [['rundll32', WINDOWS, url]];
  // Linux within Windows has no browser of its own, as a rule, but may start that of Windows.
  const ofWindows = env.WSL_DISTRO_NAME
    ? [
        ['wslview', url],
        ['rundll32.exe', WINDOWS, url],
      ]
    : [];
  return [...ofWindows, ['xdg-open', url]];
}

function parseBrowser(text: string, isFile: (path: string) => boolean): string[][] {
  if (isFile(text)) return [[text]];
  // The colon of `C:\` sets nothing apart.
  const commands = text.split(/:(?![\\/])/).map((command) => command.trim());
  return commands
    .filter((command) => command !== '')
    .map((command) => (isFile(command) ? [command] : command.split(/\s+/)));
}

function putIn(words: readonly string[], url: string): string[] {
  const filled = words.map((word) => word.replaceAll('%s', () => url));
  return words.some((word) => word.includes('%s')) ? filled : [...filled, url];
}
