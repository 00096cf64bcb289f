import type { Connection } from '@valetkey/client';

/** What a site says of a key that asks about itself. */
export interface CurrentKey {
  readonly scopes: readonly string[];
  /** ISO 8601; null if it does not expire. */
  readonly expiresAt: string | null;
  readonly username: string | null;
  /** How many requests are left now; null if the site did not say. */
  readonly left: { readonly perMinute: number; readonly perDay: number } | null;
}

/**
 * Asks a site what this key is. Null where the site has no such address, as Discourse, or refuses.
 *
 * @throws {ValetkeyError} `site_unreachable`, `redirect_not_followed`
 * @see PROTOCOL.md section 5
 */
export async function findCurrentKey({ send }: Pick<Connection, 'send'>): Promise<CurrentKey | null> {
  const answer = await send('/user-api-key/current.json', { headers: { Accept: 'application/json' } });
  return answer.ok ? parseCurrentKey(await answer.json().catch(() => null)) : null;
}

/** Reads the answer; null if it is something else. */
function parseCurrentKey(body: unknown): CurrentKey | null {
  const { scopes, expires_at, user, limits } = membersOf(body);
  if (!Array.isArray(scopes)) return null;
  const { per_minute, per_day } = membersOf(membersOf(limits).remaining);
  const { username } = membersOf(user);
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

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
