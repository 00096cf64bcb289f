import type { Site } from '../../ports/site.ts';
import type { FeedDefinition } from './feed.ts';

/** The URL of a feed. It contains the key, so it is secret and shown only once. */
export interface FeedAddress {
  readonly url: string;
  /** The same URL with the scheme that calendar programs open. */
  readonly webcalUrl: string;
  /** Links that subscribe to it in calendars on the web; null for a feed that is no calendar. */
  readonly calendars: { readonly google: string; readonly outlook: string } | null;
}

export function feedAddress(
  { path }: FeedDefinition,
  username: string,
  key: string,
  { baseUrl }: Pick<Site, 'baseUrl'>,
): FeedAddress {
  const url = new URL(baseUrl.replace(/\/$/, '') + path(username));
  url.searchParams.set('user_api_key', key);
  const webcalUrl = url.href.replace(/^https?:/, 'webcal:');
  const calendars = url.pathname.endsWith('.ics') ? calendarLinks(url.href, webcalUrl) : null;
  return { url: url.href, webcalUrl, calendars };
}

/** Both calendars fetch the feed themselves, so they get its URL in any case. */
const calendarLinks = (url: string, webcalUrl: string) => ({
  google: `https://calendar.google.com/calendar/render?${new URLSearchParams({ cid: webcalUrl })}`,
  outlook: `https://outlook.live.com/calendar/0/addfromweb?${new URLSearchParams({ url })}`,
});
