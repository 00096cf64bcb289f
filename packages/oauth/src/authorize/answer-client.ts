import { addToRedirect, ValetkeyError } from '@valetkey/protocol';
import { explainError } from '@valetkey/protocol/messages';
import {
  type EndpointRequest,
  jsonResponse,
  type OauthErrorCode,
  redirectResponse,
} from '@valetkey/server/extension';
import type { OauthContext } from '../oauth-context.ts';
import { OauthError } from '../oauth-error.ts';
import type { AuthorizationClient } from './authorization-request.ts';

/**
 * Returns the redirect to the client: the only function that creates one. Every response has `iss` (RFC 9207) and the
 * `state` of the request.
 */
export function answerClient(
  answer: Readonly<Record<string, string>>,
  { redirect, state }: Pick<AuthorizationClient, 'redirect' | 'state'>,
  { wantsJson, raw }: Pick<EndpointRequest, 'wantsJson' | 'raw'>,
  { issuer }: Pick<OauthContext, 'issuer'>,
): Response {
  const parameters = { ...answer, ...(state !== null && { state }), iss: issuer };
  const location = addToRedirect(redirect.uri, parameters);
  if (wantsJson && raw.method === 'POST') return jsonResponse({ redirect_url: location });
  return redirectResponse(location, raw.method === 'POST' ? 303 : 302);
}

/** Refusals of the site, as the error codes of RFC 6749 section 4.1.2.1. */
const ERRORS: Readonly<Record<string, OauthErrorCode>> = {
  scope_not_allowed: 'invalid_scope',
  no_scope_granted: 'access_denied',
  expiry_invalid: 'invalid_request',
  expiry_too_long: 'invalid_request',
  parameter_invalid: 'invalid_request',
  parameter_too_long: 'invalid_request',
  user_api_keys_disabled: 'unauthorized_client',
  group_not_allowed: 'access_denied',
  user_suspended: 'access_denied',
  too_many_app_keys: 'access_denied',
  too_many_approvals: 'access_denied',
  login_required: 'login_required',
};

/** Returns the parameters of an error for the client. Throws every error that is not about its request. */
export function describeErrorToClient(error: unknown): { error: string; error_description: string } {
  if (error instanceof OauthError) return { error: error.error, error_description: error.message };
  const code = error instanceof ValetkeyError ? ERRORS[error.code] : undefined;
  if (!(error instanceof ValetkeyError) || code === undefined) throw error;
  return { error: code, error_description: toDescription(explainError(error)) };
}

/** RFC 6749 allows visible ASCII without quotes and backslashes in a description. */
const toDescription = (text: string): string => text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '?');
