import { html } from 'hono/html';
import type { AdminKeyRecord } from '../../core/key/admin-key-record.ts';
import { type AdminScopeDefinitions, adminPermissionsOf } from '../../core/scopes/admin-scope.ts';
import { isPermitted } from '../../core/scopes/scope.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { curlText, keyToCopy } from '../parts/key-to-copy.ts';
import { adminKeyPermissions } from './admin-key-permissions.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** A new admin key. */
export interface NewAdminKeyMade {
  readonly key: string;
  readonly record: AdminKeyRecord;
  /** The user that the key acts as; the admin if it acts as any user. */
  readonly username: string;
  readonly adminScopes: AdminScopeDefinitions;
}

/** Returns the page that shows a new admin key once, with a command that tests it. */
export function newAdminKeyPage(created: NewAdminKeyMade, page: UserPageContext): Html {
  const { key, record, adminScopes } = created;
  const words = page.t.adminKeys.createdKey;
  return adminLayout(
    'adminKeys',
    words.title,
    html`<h1>${words.heading({ description: record.description })}</h1>
      <p class="note">${words.onlyNow}</p>
      ${keyToCopy(key, [curlText(curlCommand(created, page), 6, page)], page)}
      <h2>${words.access}</h2>
      ${adminKeyPermissions(record, adminScopes, page)}
      <p class="after"><a href="${adminPath('adminKeys', page)}">${words.allKeys}</a></p>`,
    page,
  );
}

/** Requests the latest topics, as most scripts for Discourse do; a placeholder if the key must not. */
function curlCommand(
  { key, record, username, adminScopes }: NewAdminKeyMade,
  { site }: UserPageContext,
): string {
  const permissions = adminPermissionsOf(record, adminScopes);
  const mayReadLatest = isPermitted(permissions, 'GET', { name: 'list#latest', format: 'json' }, null);
  const url = `${site.baseUrl.replace(/\/$/, '')}/${mayReadLatest ? 'latest.json' : 'PATH-OF-YOUR-REQUEST.json'}`;
  const words = ['-H', `Api-Key: ${key}`, '-H', `Api-Username: ${username}`, url];
  return ['curl', ...words.map((word) => (word === '-H' ? word : quoteForShell(word)))].join(' ');
}

const quoteForShell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
