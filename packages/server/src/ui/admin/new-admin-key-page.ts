import { html } from 'hono/html';
import type { AdminKeyRecord } from '../../core/key/admin-key-record.ts';
import { adminPermissionsOf } from '../../core/scopes/admin-scope.ts';
import { isPermitted } from '../../core/scopes/scope.ts';
import type { Provider } from '../../issue/provider.ts';
import type { Session } from '../../ports/site.ts';
import { keyToCopy } from '../parts/key-to-copy.ts';
import type { Html } from '../parts/layout.ts';
import { adminKeyPowers } from './admin-key-powers.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** An admin key as it was made just now. */
export interface NewAdminKeyMade {
  readonly key: string;
  readonly record: AdminKeyRecord;
}

/** The key, this once, and a line that tries it out. */
export async function newAdminKeyPage(
  made: NewAdminKeyMade,
  session: Session,
  provider: Provider,
): Promise<Html> {
  const { key, record } = made;
  return adminLayout(
    'adminKeys',
    'Your new admin key',
    html`<h1>The admin key for <bdi>${record.description}</bdi></h1>
      <p class="note">It is shown only now. Copy it to where the script reads it, and never into a web page or an app that others have.</p>
      ${keyToCopy(key, await curlLine(made, session, provider), 6, provider)}
      <h2>It may</h2>
      ${adminKeyPowers(record, provider)}
      <p class="after"><a href="${adminPath('adminKeys', provider)}">All admin keys</a></p>`,
    provider,
  );
}

/** The latest topics, Discourse’s first request of all; where the key may not have them, a place to put its own. */
async function curlLine(
  { key, record }: NewAdminKeyMade,
  { user }: Session,
  provider: Provider,
): Promise<string> {
  const bound = record.userId === null ? user : await provider.site.findUser(record.userId);
  const permissions = adminPermissionsOf(record, provider.adminScopes);
  const mayReadLatest = isPermitted(permissions, 'GET', { name: 'list#latest', format: 'json' }, null);
  const url = `${provider.site.baseUrl.replace(/\/$/, '')}/${mayReadLatest ? 'latest.json' : 'PATH-OF-YOUR-REQUEST.json'}`;
  const words = ['-H', `Api-Key: ${key}`, '-H', `Api-Username: ${bound?.username ?? ''}`, url];
  return ['curl', ...words.map((word) => (word === '-H' ? word : quoteForShell(word)))].join(' ');
}

const quoteForShell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
