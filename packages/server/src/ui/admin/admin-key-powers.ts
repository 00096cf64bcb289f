import { html } from 'hono/html';
import type { AdminKeyRecord, AdminScope, AdminScopeMode } from '../../core/key/admin-key-record.ts';
import type { AdminScopeDefinitions } from '../../core/scopes/admin-scope.ts';
import type { Html } from '../parts/layout.ts';

/** What the modes mean, in words for whoever chooses between them. */
export const MODE_WORDS: Readonly<Record<AdminScopeMode, string>> = {
  global: 'Everything that the people it acts for can do',
  read_only: 'Read everything that the people it acts for can read, and change nothing',
  granular: 'Only what is ticked',
};

/** What an admin key may do, in words. */
export function adminKeyPowers(
  { scopeMode, scopes }: Pick<AdminKeyRecord, 'scopeMode' | 'scopes'>,
  adminScopes: AdminScopeDefinitions,
): Html {
  if (scopeMode === 'granular') {
    return html`<ul class="scopes">${scopes.map((scope) => scopeItem(scope, adminScopes))}</ul>`;
  }
  const isGlobal = scopeMode === 'global';
  return html`<ul class="scopes">
    <li class="${isGlobal ? 'dangerous' : ''}">${MODE_WORDS[scopeMode]} <code>${scopeMode}</code></li>
  </ul>`;
}

function scopeItem({ scopeId, parameters }: AdminScope, adminScopes: AdminScopeDefinitions): Html {
  const known = Object.hasOwn(adminScopes, scopeId) ? adminScopes[scopeId]?.sentence : undefined;
  return html`<li>
    ${known ?? 'Nothing: this site does not know it any more'} <code>${scopeId}</code>
    ${Object.entries(parameters).map(
      ([name, values]) => html`<span class="bound">only with ${name} <bdi>${values.join(', ')}</bdi></span>`,
    )}
  </li>`;
}
