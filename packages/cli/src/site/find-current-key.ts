import type { Connection } from '@valetkey/client';
import { type Members, membersOf, objectOf, takeSnapshot } from './response-snapshot.ts';

/** A key as the site describes it. */
export interface CurrentKey {
  readonly scopes: readonly string[];
  /** ISO 8601; null if it does not expire. */
  readonly expiresAt: string | null;
  readonly username: string | null;
  /** Remaining requests; null if the site does not tell. */
  readonly left: { readonly perMinute: number; readonly perDay: number } | null;
}

/**
 * Asks a site about this key. Returns null if the site rejects it or has no such endpoint, such as Discourse.
 *
 * @throws {ValetkeyError} `site_unreachable`, `redirect_not_followed`
 * @see PROTOCOL.md#current-key
 */
export async function findCurrentKey({ send }: Pick<Connection, 'send'>): Promise<CurrentKey | null> {
  const answer = await send('/user-api-key/current.json', { headers: { Accept: 'application/json' } });
  return answer.ok ? parseCurrentKey(membersOf(await takeSnapshot(answer))) : null;
}

/** Parses the response; returns null for anything else. */
function parseCurrentKey({ scopes, expires_at, user, limits }: Members): CurrentKey | null {
  if (!Array.isArray(scopes)) return null;
  const { per_minute, per_day } = objectOf(objectOf(limits).remaining);
  const { username } = objectOf(user);
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    scopes: scopes.map(String),
    expiresAt: text(expires_at),
    username: text(username),
    left:
      typeof per_minute === 'number' && typeof per_day === 'number'
        ? { perMinute: per_minute, perDay: per_day }
        : null,
  };
}
