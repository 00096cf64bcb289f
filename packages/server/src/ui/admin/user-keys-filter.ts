import { html } from 'hono/html';
import type { KeyKind } from '../../core/key/key-record.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { adminPath } from './admin-paths.ts';

/** The kinds of keys that a filter can name. */
export const FILTER_KINDS = ['app', 'oauth', 'personal', 'feed'] as const satisfies readonly KeyKind[];

/** The filter as it was entered; empty texts restrict nothing. */
export type AskedKeys = Readonly<
  Record<
    'user' | 'name' | 'client_id' | 'redirect' | 'scope' | 'kind' | 'unused_days' | 'expires_days',
    string
  >
>;

/** Returns the form that filters the keys of all users. */
export function userKeysFilter(asked: AskedKeys, scopeNames: readonly string[], page: UserPageContext): Html {
  const { userKeys: words, apps } = page.t;
  const path = adminPath('keys', page);
  const text = (name: keyof AskedKeys, label: string, inputmode = 'text') => html`<div>
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" type="text" inputmode="${inputmode}" autocomplete="off" autocapitalize="none" spellcheck="false" value="${asked[name]}" />
  </div>`;
  const choice = (
    name: keyof AskedKeys,
    label: string,
    options: readonly (readonly [string, string])[],
  ) => html`<div>
    <label for="${name}">${label}</label>
    <select id="${name}" name="${name}" autocomplete="off">
      <option value="">${words.any}</option>
      ${options.map(([value, shown]) => html`<option value="${value}" ${value === asked[name] ? 'selected' : ''}>${shown}</option>`)}
    </select>
  </div>`;
  const isFiltered = Object.values(asked).some((value) => value !== '');
  return html`<form method="get" action="${path}" class="filter" role="search">
      ${text('user', words.user)} ${text('name', words.name)} ${text('client_id', words.clientId)} ${text('redirect', words.redirect)}
      ${choice(
        'scope',
        words.scope,
        scopeNames.map((name) => [name, name] as const),
      )}
      ${choice(
        'kind',
        words.kind,
        FILTER_KINDS.map((kind) => [kind, apps.kinds[kind]] as const),
      )}
      ${text('unused_days', words.unusedDays, 'numeric')} ${text('expires_days', words.expiresDays, 'numeric')}
      <button type="submit">${words.show}</button>
    </form>
    ${isFiltered ? html`<p><a href="${path}">${words.showAll}</a></p>` : ''}`;
}
