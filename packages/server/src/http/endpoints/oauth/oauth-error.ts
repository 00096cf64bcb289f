import type { ErrorCode, ValetkeyError } from '@valetkey/protocol';
import { ERROR_CATALOGUE } from '@valetkey/protocol/messages';
import { refusalHeaders } from '../../render-refusal.ts';
import { jsonResponse } from '../../responses.ts';

/** The words of RFC 6749 section 5.2 and RFC 8628 section 3.5 that occur here. */
export type OauthErrorCode =
  | 'invalid_request'
  | 'invalid_scope'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
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
};

/** A refusal in OAuth's form. */
export function oauthError(error: OauthErrorCode, description: string): Response {
  return jsonResponse({ error, error_description: asDescription(description) }, 400);
}

/** A refusal of the house in OAuth's form; its own code stands beside OAuth's word, which says less. */
export function oauthRefusal({ code, details, message }: ValetkeyError): Response {
  const error = WORDS[code] ?? 'invalid_request';
  const body = { error, error_description: asDescription(message), code };
  const isTemporary = code === 'rate_limited' || code === 'store_unavailable';
  const status = isTemporary ? ERROR_CATALOGUE[code].status : 400;
  return jsonResponse(body, status, refusalHeaders({ code, details }));
}

/** The signs that RFC 6749 allows in a description: visible ASCII without quotes and backslashes. */
const asDescription = (text: string): string => text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '?');
