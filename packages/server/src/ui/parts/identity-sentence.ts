import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { Messages } from '../messages/messages.ts';
import type { PageContext } from '../page-context.ts';

/** Returns what a scope of OpenID Connect reveals about the user; null for every other scope. */
export function identitySentence(name: string, { oauth }: Messages): string | null {
  const { identity } = oauth;
  return Object.hasOwn(identity, name) ? identity[name as keyof typeof identity] : null;
}

/** Returns the list of what the scopes of OpenID Connect reveal; nothing without them. */
export function identityList(names: readonly string[], { t }: Pick<PageContext, 't'>): Html | '' {
  const sentences = names.flatMap((name) => identitySentence(name, t) ?? []);
  if (sentences.length === 0) return '';
  return html`<h2>${t.oauth.signIn}</h2>
    <ul class="scopes">${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}
