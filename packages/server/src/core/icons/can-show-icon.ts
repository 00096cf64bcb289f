// A page for users shows an icon only if no other program can have sent the request or received the answer
// (PROTOCOL.md#icons). The store has icons of registered apps, and of OAuth clients that an admin has registered.
// The lists of clients for admins show every icon.

/** The registration that has an icon. Times are milliseconds since 1970. */
interface IconRegistration {
  readonly registeredAt: number;
  readonly hasSecret: boolean;
}

/** A key or a grant beside which an icon could stand. */
export interface IconBearer {
  readonly kind: 'app' | 'oauth' | 'personal' | 'feed';
  readonly clientId: string;
  readonly createdAt: number;
  readonly authRedirect: string | null;
}

/** A request beside which an icon could stand. */
export type IconRequest =
  /** A request for a key or a one-time password, also of a device, and the registration that it finds. */
  | { readonly kind: 'app'; readonly registration: { readonly clientId: string } | null }
  /** A request of an OAuth client, which has to prove its secret if it has one. The device flow has no redirect. */
  | {
      readonly kind: 'oauth';
      readonly clientId: string;
      readonly hasSecret: boolean;
      readonly authRedirect: string | null;
    };

/**
 * Decides whether the icon of a registration stands beside a key or a grant with its client id. An app must have registered
 * before: then its key is encrypted with its registered public key.
 */
export function canShowIcon(
  { registeredAt, hasSecret }: IconRegistration,
  { kind, createdAt, authRedirect }: Omit<IconBearer, 'clientId'>,
): boolean {
  if (kind === 'app') return createdAt > registeredAt;
  return kind === 'oauth' && isProvenOauthClient(hasSecret, authRedirect);
}

/** Returns the client whose icon a page about a request shows; null for none. */
export function findIconOwner(
  request: IconRequest,
): { readonly kind: 'app' | 'oauth'; readonly clientId: string } | null {
  const { kind } = request;
  if (kind === 'app') return request.registration && { kind, clientId: request.registration.clientId };
  const { clientId, hasSecret, authRedirect } = request;
  return isProvenOauthClient(hasSecret, authRedirect) ? { kind, clientId } : null;
}

/**
 * An OAuth client must have a secret, or the answer must go to its website. Any program can receive the answer at a loopback
 * address or a custom scheme, and any device can send the id of a client.
 */
function isProvenOauthClient(hasSecret: boolean, authRedirect: string | null): boolean {
  return hasSecret || authRedirect?.startsWith('https://') === true;
}
