import type { Command } from '../command.ts';
import { labelOf } from '../keys/key-entry.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { bashScript } from './bash-script.ts';
import { fishScript } from './fish-script.ts';
import { zshScript } from './zsh-script.ts';

/** The script for a shell, or the words that the scripts ask for; null if there is no such thing. */
export function findWords(topic: string, commands: readonly Command[]): string | null {
  const entries = () => openKeyRing().list();
  const topics: Readonly<Record<string, () => string>> = {
    bash: () => bashScript(commands),
    zsh: () => zshScript(commands),
    fish: () => fishScript(commands),
    // As people type them, and because colons break words in bash.
    sites: () => listWords(entries().map(({ site }) => site.replace(SCHEME_LEFT_OUT, ''))),
    identities: () => listWords(entries().map(labelOf)),
  };
  return Object.hasOwn(topics, topic) ? (topics[topic]?.() ?? null) : null;
}

const SCHEME_LEFT_OUT = /^https:\/\/|^http:\/\/(?=127\.|localhost)/;

/**
 * Only words that mean nothing to a shell: a site chooses what its people are called, and what a completion puts on a
 * command line is run as it stands.
 */
const listWords = (words: readonly string[]): string =>
  [...new Set(words)]
    .filter((word) => /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._:/-]*$/u.test(word))
    .map((word) => `${word}\n`)
    .join('');
