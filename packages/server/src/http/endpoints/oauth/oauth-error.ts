import type { ErrorCode, ValetkeyError } from '@valetkey/protocol';
import { ERROR_CATALOGUE, explainError } from '@valetkey/protocol/messages';
import { redactDetails } from '../../../core/redact/redact-text.ts';
import { refusalHeaders } from '../../render-refusal.ts';
import { jsonResponse } from '../../responses.ts';

/** The error codes of RFC 6749, RFC 8628 section 3.5, RFC 8707 and OpenID Connect Core that these endpoints return. */
export type OauthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_scope'
  | 'invalid_target'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'login_required'
  | 'consent_required'
  | 'authorization_pending'
  | 'slow_down'
  | 'access_denied'
  | 'expired_token'
  | 'temporarily_unavailable';

const WORDS: Readonly<Partial<Record<ErrorCode, OauthErrorCode>>> = {
  scope_not_allowed: 'invalid_scope',
  one_time_password_needs_redirect: 'invalid_scope',
  client_needs_sealed_key: 'unauthorized_client',
  user_api_keys_disabled: 'unauthorized_client',
  tls_required: 'unauthorized_client',
  rate_limited: 'slow_down',
  store_unavailable: 'temporarily_unavailable',
  limits_unavailable: 'temporarily_unavailable',
};

/** Returns an OAuth error response. */
export function oauthError(error: OauthErrorCode, description: string, status = 400): Response {
  return jsonResponse({ error, error_description: asDescription(description) }, status);
}

/** Returns a refusal as an OAuth error, with the more specific own code beside OAuth’s. */
export function oauthRefusal({ code, details }: ValetkeyError): Response {
  const error = WORDS[code] ?? 'invalid_request';
  const description = explainError({ code, details: redactDetails(details) });
  const body = { error, error_description: asDescription(description), code };
  const isTemporary = code === 'rate_limited' || WORDS[code] === 'temporarily_unavailable';
  const status = isTemporary ? ERROR_CATALOGUE[code].status : 400;
  return jsonResponse(body, status, refusalHeaders({ code, details }));
}

/** RFC 6749 allows visible ASCII without quotes and backslashes in a description. */
const asDescription = (text: string): string => text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '?');
