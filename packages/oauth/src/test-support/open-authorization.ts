import { type createOauthSite, DOCUMENT_URL } from './oauth-site.ts';

export type OauthSite = Awaited<ReturnType<typeof createOauthSite>>;
export const query = (values: Record<string, string>): string => `?${new URLSearchParams(values)}`;
export const alice = { cookie: 'session=alice' };
export const ISSUER = 'https://forum.example';

/** Sends the request and returns what the browser gets. */
export async function open(site: OauthSite, values: Record<string, string>, headers: HeadersInit = alice) {
  const response = await site.get(`/oauth/authorize${query(values)}`, headers);
  const location = response.headers.get('location') ?? '';
  const url = URL.parse(location, ISSUER);
  return { response, location, url, answer: Object.fromEntries(url?.searchParams ?? []) };
}

/** Returns the hash that the consent page of the document client has. */
export async function documentHash(site: OauthSite): Promise<string> {
  const { response } = await open(site, site.asks({ client_id: DOCUMENT_URL }));
  return /name="document_hash" value="(\w+)"/.exec(await response.text())?.[1] ?? '';
}
