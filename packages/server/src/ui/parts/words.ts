import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { Html } from './layout.ts';

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const minute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** “3 May 2026” */
export const inWordsDay = (time: number): string => day.format(time);

/** “3 May 2026 at 14:05 UTC” */
export const inWordsMinute = (time: number): string => `${minute.format(time)} UTC`;

/** “3 days”, “2 hours”: the largest unit that is whole enough to plan with. */
export function inWordsDuration(seconds: number): string {
  const units = [
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const;
  for (const [size, name] of units) {
    if (seconds < size) continue;
    const count = Math.floor(seconds / size);
    return `${count} ${name}${count === 1 ? '' : 's'}`;
  }
  return '0 seconds';
}

/** “today”, “yesterday”, “12 days ago”, counted in UTC days. */
export function inWordsAgo(time: number, now: number): string {
  const days = Math.floor(now / 86_400_000) - Math.floor(time / 86_400_000);
  if (days <= 0) return 'today';
  return days === 1 ? 'yesterday' : `${days} days ago`;
}

/** “yesterday, from 192.0.2.1 with plum/1.0”, or “never”. */
export function inWordsLastUse(
  { lastUsedAt, lastUsedIpAddress, lastUsedUserAgent }: KeyRecord,
  now: number,
): Html {
  if (lastUsedAt === null) return html`never`;
  return html`${inWordsAgo(lastUsedAt, now)}, from <bdi>${lastUsedIpAddress}</bdi>
    ${lastUsedUserAgent ? html`with <bdi>${lastUsedUserAgent.slice(0, 80)}</bdi>` : ''}`;
}
