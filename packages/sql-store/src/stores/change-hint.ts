import type { Change } from '@valetkey/server';

/** The longest text that PostgreSQL accepts is 8,000 bytes. */
const MAX_IDS = 50;

const HINT = /^(key|admin_key) ([0-9a-f]{64}(?: [0-9a-f]{64})*)$/;

/**
 * Returns the text of a notification about changes. It names changed keys by their SHA-256, so that a node can drop them
 * before it reads the changes. Any user of the database can listen, so it names nothing else; empty for other changes.
 */
export function renderHint(kind: Change['kind'], ids: readonly string[]): string {
  const hint = ids.length > MAX_IDS ? '' : `${kind} ${ids.join(' ')}`;
  return HINT.test(hint) ? hint : '';
}

/**
 * Returns the changes that a notification names; none for any other text. Any user of the database can send one: a hint may
 * only make a node drop keys that it loads again.
 */
export function parseHint(text: string | undefined): readonly Change[] {
  const [, kind, ids] = HINT.exec(text ?? '') ?? [];
  return ids === undefined ? [] : ids.split(' ').map((id) => ({ kind: kind as Change['kind'], id }));
}
