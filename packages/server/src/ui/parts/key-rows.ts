import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';

const MAX_USER_AGENT_LENGTH = 80;

/** Returns one row of a list of properties. */
export const row = (name: string, value: Html | string): Html =>
  html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

type UsedRecord = Pick<KeyRecord, 'lastUsedAt' | 'lastUsedIpAddress' | 'lastUsedUserAgent'>;

/** Returns when, from which IP address and with which client a key was last used. */
export function lastUse(key: UsedRecord, { t, format, now }: PageContext): Html | string {
  if (key.lastUsedAt === null) return t.common.never;
  return t.common.lastUse({
    ago: format.ago(key.lastUsedAt, now),
    ipAddress: key.lastUsedIpAddress ?? '',
    userAgent: key.lastUsedUserAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
  });
}
