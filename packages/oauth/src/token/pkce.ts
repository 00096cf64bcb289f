import { createHash } from 'node:crypto';
import { isSameText } from '@valetkey/server/extension';

/** Whether this is an S256 challenge: 32 bytes in base64url (RFC 7636 section 4.2). */
export const isChallenge = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

/**
 * Returns whether the verifier of a token request fits the challenge of its authorization request (RFC 7636 section 4.6).
 * A verifier without a challenge does not: somebody may have removed the challenge.
 */
export function isVerified(verifier: string | null, challenge: string | null): boolean {
  if (verifier === null || challenge === null) return verifier === challenge;
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false;
  return isSameText(createHash('sha256').update(verifier).digest('base64url'), challenge);
}
