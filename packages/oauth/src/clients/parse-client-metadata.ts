import { isVisibleName } from '@valetkey/protocol';
import { parseRedirectUri } from '../redirects/parse-redirect-uri.ts';

/** The metadata of a client that the site uses (RFC 7591 section 2). */
export interface ClientMetadata {
  readonly name: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** How it authenticates; `none` for a public client. */
  readonly authMethod: string;
}

const MAX_URIS = 20;
const MAX_NAME_CHARACTERS = 100;

/** Why metadata is rejected: the codes of RFC 7591 section 3.2.2. */
export type MetadataProblem = 'invalid_redirect_uri' | 'invalid_client_metadata';

/** Parses untrusted client metadata. Ignores unknown members. */
export function parseClientMetadata(value: unknown): ClientMetadata | MetadataProblem {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'invalid_client_metadata';
  const {
    client_name: name,
    redirect_uris,
    post_logout_redirect_uris = [],
    token_endpoint_auth_method: authMethod = 'none',
  } = value as Record<string, unknown>;
  const isName = typeof name === 'string' && isVisibleName(name.trim());
  if (!isName || [...name].length > MAX_NAME_CHARACTERS || typeof authMethod !== 'string') {
    return 'invalid_client_metadata';
  }
  const redirectUris = parseUris(redirect_uris);
  const postLogoutRedirectUris = parseUris(post_logout_redirect_uris);
  if (!redirectUris?.length || !postLogoutRedirectUris) return 'invalid_redirect_uri';
  return { name: name.trim(), redirectUris, postLogoutRedirectUris, authMethod };
}

function parseUris(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length > MAX_URIS) return null;
  return value.every((uri) => typeof uri === 'string' && parseRedirectUri(uri) !== null) ? value : null;
}
