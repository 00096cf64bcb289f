import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
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

/**
 * The secret is beside the databases and not in them, so that a copy of a database has no usable signing key. Forums that
 * start at once on one folder get the same secret: the file appears with its content, once.
 */
function readSecret(dataDir: string | null): string {
  const created = randomBytes(32).toString('base64url');
  if (dataDir === null) return created;
  const file = join(dataDir, 'openid-secret');
  const written = `${file}-${randomUUID()}`;
  writeFileSync(written, created, { mode: 0o600 });
  try {
    linkSync(written, file);
    return created;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return readExisting(file);
  } finally {
    unlinkSync(written);
  }
}

/** @throws Error for an empty file, because everybody knows that secret */
function readExisting(file: string): string {
  const secret = readFileSync(file, 'utf8');
  if (secret === '')
    throw new Error(`The file ${file} is empty. Delete it, and restart all forums of the site.`);
  return secret;
}
