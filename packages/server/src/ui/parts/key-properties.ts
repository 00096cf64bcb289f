import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import { effectiveExpiry } from '../../core/key/key-state.ts';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';
import { lastUse, row } from './key-rows.ts';

/** Returns the rows with the properties of a key that tell it from others of the same name. */
export function keyProperties(key: KeyRecord, page: PageContext): Html {
  const { t, format } = page;
  const { apps: words, feeds } = t;
  const isFeed = key.kind === 'feed';
  const created = isFeed ? feeds.created : key.kind === 'personal' ? words.created : words.approved;
  return html`${row(created, format.day(key.createdAt))}
    ${row(isFeed ? feeds.lastFetched : words.lastUsed, lastUse(key, page))}
    ${isFeed ? '' : row(t.common.expires, expiry(key, page))}
    ${key.sentClientId === null ? '' : row(words.sentClientId, html`<bdi>${key.sentClientId}</bdi>`)}
    ${key.allowedIpAddresses ? row(words.allowedFrom, format.list(key.allowedIpAddresses)) : ''}
    ${key.kind === 'personal' && key.resources ? row(words.forAgents, words.yes) : ''}
    ${key.isUrlKey && !isFeed ? row(words.urlKey, words.yes) : ''}`;
}

function expiry(key: KeyRecord, { t, format }: PageContext): Html | string {
  const end = effectiveExpiry(key);
  if (end === Number.POSITIVE_INFINITY) return t.common.never;
  const until = format.dateTime(end);
  return key.retiresAt === null ? until : t.apps.wasReplaced({ until });
}
