import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenIdOptions } from '@valetkey/oauth';
import type { Forum } from './forum-parts.ts';

/** Returns what the forum tells OpenID Connect clients about a user. The forum has no email addresses. */
export const createForumOpenId = (
  { users, baseUrl }: Pick<Forum, 'users' | 'baseUrl'>,
  dataDir: string | null,
): OpenIdOptions => ({
  secret: readSecret(dataDir),
  claims({ id, username, avatarTemplate, groups }, scopes) {
    if (!scopes.includes('profile')) return {};
    const picture = avatarTemplate && new URL(avatarTemplate.replace('{size}', '120'), baseUrl).href;
    return {
      preferred_username: username,
      name: users.find(Number(id))?.name ?? username,
      ...(picture && { picture }),
      groups,
    };
  },
});

/** The secret is beside the databases and not in them, so that a copy of a database has no usable signing key. */
function readSecret(dataDir: string | null): string {
  const created = randomBytes(32).toString('base64url');
  if (dataDir === null) return created;
  const file = join(dataDir, 'openid-secret');
  try {
    writeFileSync(file, created, { flag: 'wx', mode: 0o600 });
    return created;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readFileSync(file, 'utf8');
  }
}
