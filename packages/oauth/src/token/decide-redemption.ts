import type { AuthorizationCode } from '@valetkey/server';
import { type ApprovedRequest, parseApprovedRequest } from '../authorize/approved-request.ts';
import { isVerified } from './pkce.ts';

/** The parameters of a token request with a code, from an authenticated client. */
export interface Redemption {
  readonly clientId: string;
  readonly redirectUri: string | null;
  readonly codeVerifier: string | null;
}

/** What happens to a code. */
export type RedemptionDecision =
  | { readonly kind: 'redeem'; readonly approved: ApprovedRequest }
  /** The code is not of this client: nothing changes, because another client must not be able to use it up. */
  | { readonly kind: 'refuse' }
  /** Its own client sent something wrong: the code is used up, because it may be in the wrong hands. */
  | { readonly kind: 'consume'; readonly reason: string }
  /** The code is used again: its grant ends (RFC 6749 section 4.1.2). */
  | { readonly kind: 'end_grant'; readonly grantId: number | null };

/** Decides about a code by itself, its client, its expiry, its redirect and its verifier. */
export function decideRedemption(
  code: AuthorizationCode | null,
  { clientId, redirectUri, codeVerifier }: Redemption,
  now: number,
): RedemptionDecision {
  if (code?.clientId !== clientId) return { kind: 'refuse' };
  if (code.usedAt !== null || code.request === null) return { kind: 'end_grant', grantId: code.grantId };
  if (code.expiresAt <= now) return { kind: 'consume', reason: 'The code has expired.' };
  const approved = parseApprovedRequest(code.request);
  // OAuth 2.1 clients may leave it out; if it is sent, it must be the same.
  if (redirectUri !== null && redirectUri !== approved.redirectUri) {
    return { kind: 'consume', reason: 'The redirect_uri differs from that of the authorization request.' };
  }
  if (!isVerified(codeVerifier, approved.codeChallenge)) {
    return { kind: 'consume', reason: 'The code_verifier does not fit the code_challenge.' };
  }
  return { kind: 'redeem', approved };
}
