import type { Command } from '../command.ts';
import { labelOf } from '../keys/key-entry.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { bashScript } from './bash-script.ts';
import { fishScript } from './fish-script.ts';
import { zshScript } from './zsh-script.ts';

/** Returns the script for a shell, or the words that the scripts ask for; null for any other topic. */
export function findWords(topic: string, commands: readonly Command[]): string | null {
  const entries = () => openKeyRing().list();
  const topics: Readonly<Record<string, () => string>> = {
    bash: () => bashScript(commands),
    zsh: () => zshScript(commands),
    fish: () => fishScript(commands),
    // Without the scheme, as users type them, and because bash breaks words at colons.
    sites: () => listWords(entries().map(({ site }) => site.replace(SCHEME_LEFT_OUT, ''))),
    identities: () => listWords(entries().map(labelOf)),
  };
  return Object.hasOwn(topics, topic) ? (topics[topic]?.() ?? null) : null;
}

const SCHEME_LEFT_OUT = /^https:\/\/|^http:\/\/(?=127\.|localhost)/;

/**
 * Keeps only words without meaning to a shell. Sites choose user names, and the shell executes a completed line as it
 * is.
 */
const listWords = (words: readonly string[]): string =>
  [...new Set(words)]
    .filter((word) => /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._:/-]*$/u.test(word))
    .map((word) => `${word}\n`)
    .join('');
