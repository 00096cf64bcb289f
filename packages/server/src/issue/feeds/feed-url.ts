import type { Site } from '../../ports/site.ts';
import type { FeedDefinition } from './feed.ts';

/** The URL of a feed. It contains the key, so it is secret and shown only once. */
export interface FeedAddress {
  readonly url: string;
  /** The same URL with the scheme that calendar programs open. */
  readonly webcalUrl: string;
}

export function feedAddress(
  { path }: FeedDefinition,
  username: string,
  key: string,
  { baseUrl }: Pick<Site, 'baseUrl'>,
): FeedAddress {
  const url = new URL(baseUrl.replace(/\/$/, '') + path(username));
  url.searchParams.set('user_api_key', key);
  return { url: url.href, webcalUrl: url.href.replace(/^https?:/, 'webcal:') };
}
