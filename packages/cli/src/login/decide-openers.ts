import { existsSync } from 'node:fs';

const WINDOWS = 'url.dll,FileProtocolHandler';

/**
 * Returns the programs that can open a URL, in the order to try them, with arguments. Parses `BROWSER` as other
 * programs do: colons separate programs, spaces separate arguments, and `%s` is replaced by the URL, which otherwise
 * comes last.
 *
 * @param isFile whether the file exists; then spaces and colons are part of its name
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
  // WSL usually has no browser, but can start the one of Windows.
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
  // The colon of `C:\` is not a separator.
  const commands = text.split(/:(?![\\/])/).map((command) => command.trim());
  return commands
    .filter((command) => command !== '')
    .map((command) => (isFile(command) ? [command] : command.split(/\s+/)));
}

function putIn(words: readonly string[], url: string): string[] {
  const filled = words.map((word) => word.replaceAll('%s', () => url));
  return words.some((word) => word.includes('%s')) ? filled : [...filled, url];
}
