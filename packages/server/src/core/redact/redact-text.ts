import { looksLikeSecret } from './looks-like-secret.ts';

/** A text that somebody sent, such as a `User-Agent`, without the words in it that look like a secret. */
export function redactText(text: string): string {
  if (!looksLikeSecret(text)) return text;
  const words = text.split(' ').map((word) => (looksLikeSecret(word) ? '[redacted]' : word));
  return words.join(' ');
}
