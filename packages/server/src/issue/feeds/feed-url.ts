import type { Site } from '../../ports/site.ts';
import type { FeedDefinition } from './feed.ts';

/** Where one feed is fetched, with the key in it: a secret, shown once. */
export interface FeedAddress {
  readonly url: string;
  /** The same for a calendar program that opens such links itself. */
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
