import type { Session } from '@valetkey/server';

/** How an authorization request restricts the sign-in of the user (OpenID Connect Core section 3.1.2.1). */
export interface SignInRequest {
  readonly prompts: readonly string[];
  /** In seconds; null for any age. */
  readonly maxAge: number | null;
  /** The user that the client expects; null for any. */
  readonly expectedUserId: string | null;
  /** The user must have signed in since then, in milliseconds since 1970; null if the request was not sent to sign-in yet. */
  readonly signedInSince: number | null;
}

/** Whether the request goes on, or the user signs in: as anyone, or again. */
export type SignInDecision = 'continue' | 'sign_in' | 'sign_in_again';

/** Decides whether a session is enough for a request. A session of unknown age is too old for every limit. */
export function decideSignIn(
  session: Session | null,
  { prompts, maxAge, expectedUserId, signedInSince }: SignInRequest,
  now: number,
): SignInDecision {
  if (!session) return 'sign_in';
  if (expectedUserId !== null && session.user.id !== expectedUserId) return 'sign_in_again';
  const authenticatedAt = session.authenticatedAt ?? 0;
  if (maxAge !== null && authenticatedAt + maxAge * 1000 < now) return 'sign_in_again';
  if (!prompts.includes('login')) return 'continue';
  return signedInSince !== null && authenticatedAt >= signedInSince ? 'continue' : 'sign_in_again';
}
