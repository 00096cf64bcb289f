import { membersOf, type ResponseSnapshot } from '../site/response-snapshot.ts';
import { type Finding, finding } from './finding.ts';

/** Returns where a client looks for the metadata of the authorization server (RFC 8414 section 3.1). */
export function oauthMetadataUrl(site: string): URL {
  const { origin, pathname } = new URL(site);
  return new URL(`${origin}/.well-known/oauth-authorization-server${pathname.replace(/\/$/, '')}`);
}

/** Decides from the metadata what an OAuth client finds on the site (PROTOCOL.md#oauth). */
export function decideOauth(site: string, answer: ResponseSnapshot): Finding[] {
  const metadata = membersOf(answer);
  const { issuer } = metadata;
  if (answer.status !== 200 || typeof issuer !== 'string') {
    return [finding('oauth_off', `The site has no metadata for OAuth clients (${answer.status}).`)];
  }
  if (issuer !== site) return [finding('oauth_issuer_differs', `The metadata names the issuer ${issuer}.`)];
  const elsewhere = Object.entries(metadata).filter(
    ([name, url]) => name.endsWith('_endpoint') && !String(url).startsWith(`${new URL(site).origin}/`),
  );
  if (elsewhere.length > 0) {
    const names = elsewhere.map(([name]) => name).join(', ');
    return [finding('oauth_endpoint_elsewhere', `These endpoints are not on the site: ${names}.`)];
  }
  const offers = OFFERS.filter(({ member, value }) => [metadata[member]].flat().includes(value));
  const names = offers.map(({ name }) => name).join(', ');
  if (!('authorization_endpoint' in metadata)) {
    return [finding('oauth_device_only', `OAuth clients find: ${names || 'no grant type'}.`)];
  }
  const openId = typeof metadata.userinfo_endpoint === 'string' ? ', sign-in by OpenID Connect' : '';
  const own = typeof metadata.registration_endpoint === 'string' ? ', registration by themselves' : '';
  return [finding('oauth_on', `OAuth clients find: ${names}${openId}${own}.`)];
}

/** What clients can use, by the members of the metadata. */
const OFFERS = [
  { member: 'grant_types_supported', value: 'authorization_code', name: 'authorization codes' },
  { member: 'code_challenge_methods_supported', value: 'S256', name: 'PKCE' },
  { member: 'grant_types_supported', value: 'refresh_token', name: 'refresh tokens' },
  {
    member: 'grant_types_supported',
    value: 'urn:ietf:params:oauth:grant-type:device_code',
    name: 'the device flow',
  },
  { member: 'client_id_metadata_document_supported', value: true, name: 'client ids that are URLs' },
];
