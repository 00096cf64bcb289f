import { html } from 'hono/html';
import type { AdminKeyRecord } from '../../core/key/admin-key-record.ts';
import { type AdminScopeDefinitions, adminPermissionsOf } from '../../core/scopes/admin-scope.ts';
import { isPermitted } from '../../core/scopes/scope.ts';
import type { UserPageContext } from '../page-context.ts';
import { keyToCopy } from '../parts/key-to-copy.ts';
import type { Html } from '../parts/layout.ts';
import { adminKeyPowers } from './admin-key-powers.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** An admin key as it was made just now. */
export interface NewAdminKeyMade {
  readonly key: string;
  readonly record: AdminKeyRecord;
  /** Of the user that it acts for, or of the admin where it acts for all. */
  readonly username: string;
  readonly adminScopes: AdminScopeDefinitions;
}

/** The key, this once, and a line that tries it out. */
export function newAdminKeyPage(made: NewAdminKeyMade, page: UserPageContext): Html {
  const { key, record, adminScopes } = made;
  return adminLayout(
    'adminKeys',
    'Your new admin key',
    html`<h1>The admin key for <bdi>${record.description}</bdi></h1>
      <p class="note">It is shown only now. Copy it to where the script reads it, and never into a web page or an app that others have.</p>
      ${keyToCopy(key, curlLine(made, page), 6, page)}
      <h2>It may</h2>
      ${adminKeyPowers(record, adminScopes)}
      <p class="after"><a href="${adminPath('adminKeys', page)}">All admin keys</a></p>`,
    page,
  );
}

/** The latest topics, Discourse’s first request of all; where the key may not have them, a place to put its own. */
function curlLine(
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
