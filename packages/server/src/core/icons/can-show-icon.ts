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

/**
 * Decides whether the icon of a registration stands beside a key or a grant with its client id. It does only if no other
 * program can have obtained it (PROTOCOL.md#icons):
 *
 * - An app must have registered before. Its keys are then encrypted with its registered public key.
 * - An OAuth client must have a secret, or the answer must have gone to its website. Any program can receive the answer at a
 *   loopback address or a custom scheme, and any device can send the id of a client.
 */
export function canShowIcon(
  { registeredAt, hasSecret }: IconRegistration,
  { kind, createdAt, authRedirect }: Omit<IconBearer, 'clientId'>,
): boolean {
  if (kind === 'app') return createdAt > registeredAt;
  return kind === 'oauth' && (hasSecret || authRedirect?.startsWith('https://') === true);
}
