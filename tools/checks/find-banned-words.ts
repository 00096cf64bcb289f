import { BANNED_WORDS } from './banned-words.ts';

/** Names of files are not text; a rename is a change of its own. */
const FILE_NAME = /[\w./-]+\.(ts|mjs|md|json|css)\b/g;

/** Returns one problem for each banned word in a text: where it is, and what to write instead. */
export function findBannedWords(file: string, text: string): string[] {
  return text.split('\n').flatMap((line, index) =>
    BANNED_WORDS.flatMap(({ pattern, instead }) => {
      const found = pattern.exec(line.replaceAll(FILE_NAME, ''));
      return found ? [`${file}:${index + 1}: "${found[0]}": write instead: ${instead}`] : [];
    }),
  );
}

/** Returns the first entry of `paths` that is the file or a folder above it, or null. */
export function findCoveringPath(file: string, paths: readonly string[]): string | null {
  return paths.find((path) => file === path || file.startsWith(`${path}/`)) ?? null;
}
