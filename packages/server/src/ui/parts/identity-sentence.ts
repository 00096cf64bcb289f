import type { Messages } from '../messages/messages.ts';

/** Returns what a scope of OpenID Connect reveals about the user; null for every other scope. */
export function identitySentence(name: string, { oauth }: Messages): string | null {
  const { identity } = oauth;
  return Object.hasOwn(identity, name) ? identity[name as keyof typeof identity] : null;
}
