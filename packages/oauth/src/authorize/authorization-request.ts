import type { RawParameters } from '@valetkey/protocol';
import { ValetkeyError } from '@valetkey/protocol';
import type { Session } from '@valetkey/server';
import { requireUnblocked } from '@valetkey/server/extension';
import type { OauthClient } from '../clients/oauth-client.ts';
import { parseClientUrl } from '../clients/parse-client-url.ts';
import type { OauthContext } from '../oauth-context.ts';
import { OauthError } from '../oauth-error.ts';
import { type FoundRedirect, findRedirect } from '../redirects/find-redirect.ts';
import { isChallenge } from '../token/pkce.ts';
import { parseScopes, type RequestedScopes } from './parse-scopes.ts';

/** The client that sent a request, and where the response goes. Both are checked: errors can be sent there. */
export interface AuthorizationClient {
  readonly client: OauthClient;
  readonly redirect: FoundRedirect;
  /** As sent; null if there is none. */
  readonly state: string | null;
}

/** The parameters of an authorization request that the user decides about. */
export interface AuthorizationRequest {
  readonly scopes: RequestedScopes;
  /** The paths of the requested resources. */
  readonly resources: readonly string[];
  readonly codeChallenge: string | null;
  readonly expiresInSeconds: string | null;
  /** Repeated in the ID token; null if there is none. */
  readonly nonce: string | null;
  readonly prompts: readonly string[];
  /** How old the sign-in may be, in seconds; null for any age. */
  readonly maxAge: number | null;
}

const MAX_CHARACTERS = 2_000;
/** A site may add long claims. */
const MAX_ID_TOKEN_CHARACTERS = 8_000;

/**
 * Returns the client and the redirect of an authorization request; null if the user must sign in before the client can be
 * loaded.
 *
 * @throws ValetkeyError `oauth_client_unknown`, `oauth_client_blocked`, `app_blocked`, `oauth_redirect_mismatch`, `rate_limited`,
 * `parameter_missing`: no redirect may follow
 */
export async function loadAuthorizationClient(
  parameters: RawParameters,
  session: Session | null,
  { clients, provider }: OauthContext,
): Promise<AuthorizationClient | null> {
  const clientId = readText(parameters, 'client_id');
  if (clientId === null) throw new ValetkeyError('parameter_missing', { parameter: 'client_id' });
  if (!session && parseClientUrl(clientId)) return null;
  // Without a session it is a stored client, and nothing is fetched.
  const client = await clients.load(clientId, session?.user.id ?? '');
  const redirect = findRedirect(readText(parameters, 'redirect_uri'), client.redirectUris);
  if (!redirect) throw new ValetkeyError('oauth_redirect_mismatch');
  requireUnblocked({ clientIds: [], receivers: [redirect.uri] }, provider.appBlocks.current());
  return { client, redirect, state: readText(parameters, 'state') };
}

/**
 * Parses the other parameters (RFC 6749 section 4.1.1, RFC 7636, RFC 8707).
 *
 * @throws OauthError
 */
export function parseAuthorizationRequest(
  parameters: RawParameters,
  client: OauthClient,
  { resources, provider, openId }: OauthContext,
): AuthorizationRequest {
  for (const name of ['request', 'request_uri'] as const) {
    if (parameters[name] !== undefined) {
      throw new OauthError(`${name}_not_supported`, `Send the parameters themselves, not ${name}.`);
    }
  }
  const type = readText(parameters, 'response_type');
  if (type === null) throw new OauthError('invalid_request', 'Send response_type=code.');
  if (type !== 'code') throw new OauthError('unsupported_response_type', 'Send response_type=code.');
  const mode = readText(parameters, 'response_mode') ?? 'query';
  if (mode !== 'query') throw new OauthError('invalid_request', 'Only response_mode=query is supported.');
  return {
    codeChallenge: parseChallenge(parameters, client),
    resources: resources.parse(parameters.resource),
    scopes: parseScopes(readText(parameters, 'scope'), {
      defaults: provider.settings.current().oauth_default_scopes,
      hasOpenId: openId !== null,
    }),
    nonce: readText(parameters, 'nonce'),
    prompts: parsePrompts(readText(parameters, 'prompt')),
    maxAge: parseMaxAge(readText(parameters, 'max_age')),
    expiresInSeconds: readText(parameters, 'expires_in_seconds'),
  };
}

/** The values of `prompt` (OpenID Connect Core section 3.1.2.1). */
export const PROMPTS: readonly string[] = ['none', 'login', 'consent', 'select_account'];

function parsePrompts(text: string | null): readonly string[] {
  const prompts = (text ?? '').split(' ').filter((prompt) => prompt !== '');
  if (prompts.includes('none') && prompts.length > 1) {
    throw new OauthError('invalid_request', 'The prompt none cannot be combined with others.');
  }
  if (prompts.some((prompt) => !PROMPTS.includes(prompt))) {
    throw new OauthError('invalid_request', `Send one of these prompts: ${PROMPTS.join(', ')}`);
  }
  return prompts;
}

function parseMaxAge(text: string | null): number | null {
  if (text === null) return null;
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new OauthError('invalid_request', 'Send max_age as a number of seconds.');
}

function parseChallenge(parameters: RawParameters, { requiresPkce }: OauthClient): string | null {
  const challenge = readText(parameters, 'code_challenge');
  const method = readText(parameters, 'code_challenge_method');
  if (challenge === null && method === null && !requiresPkce) return null;
  if (method !== 'S256' || challenge === null || !isChallenge(challenge)) {
    throw new OauthError(
      'invalid_request',
      'Send code_challenge and code_challenge_method=S256 (PKCE, RFC 7636).',
    );
  }
  return challenge;
}

/** @throws ValetkeyError `parameter_invalid`, `parameter_too_long` */
export function readText(parameters: RawParameters, parameter: string): string | null {
  const value = parameters[parameter] ?? '';
  if (typeof value !== 'string') throw new ValetkeyError('parameter_invalid', { parameter });
  const max_bytes = parameter === 'id_token_hint' ? MAX_ID_TOKEN_CHARACTERS : MAX_CHARACTERS;
  if (value.length > max_bytes) throw new ValetkeyError('parameter_too_long', { parameter, max_bytes });
  return value === '' ? null : value;
}
