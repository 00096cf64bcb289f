import { html } from 'hono/html';
import type { AdminKeyRecord, AdminScope } from '../../core/key/admin-key-record.ts';
import type { AdminScopeDefinitions } from '../../core/scopes/admin-scope.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { adminScopeText } from '../parts/scope-text.ts';

/** Returns the list of what an admin key may do. */
export function adminKeyPermissions(
  { scopeMode, scopes }: Pick<AdminKeyRecord, 'scopeMode' | 'scopes'>,
  adminScopes: AdminScopeDefinitions,
  page: UserPageContext,
): Html {
  if (scopeMode === 'granular') {
    return html`<ul class="scopes">${scopes.map((scope) => scopeItem(scope, adminScopes, page))}</ul>`;
  }
  return html`<ul class="scopes">
    <li class="${scopeMode === 'global' ? 'dangerous' : ''}">${page.t.adminKeys.modes[scopeMode]} <code>${scopeMode}</code></li>
  </ul>`;
}

function scopeItem(
  { scopeId, parameters }: AdminScope,
  adminScopes: AdminScopeDefinitions,
  page: UserPageContext,
): Html {
  const scope = Object.hasOwn(adminScopes, scopeId) ? adminScopes[scopeId] : undefined;
  return html`<li>
    ${scope ? adminScopeText(scopeId, scope, page) : page.t.adminKeys.unknownScope} <code>${scopeId}</code>
    ${Object.entries(parameters).map(
      ([parameter, values]) =>
        html`<span class="bound">${page.t.adminKeys.onlyWith({ parameter, values })}</span>`,
    )}
  </li>`;
}
