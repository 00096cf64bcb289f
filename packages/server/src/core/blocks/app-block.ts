/** How a block names apps: by client id, or by the host that receives their keys, tokens or pushes. */
export const BLOCK_KINDS = ['client_id', 'host'] as const;

/** A client id, or the host that receives the keys, tokens or pushes of apps. */
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** Apps that an admin has blocked on the whole site (PROTOCOL.md#blocked-apps). */
export interface AppBlock {
  readonly kind: BlockKind;
  /** A client id, a lower-case host without port, or a custom scheme such as `myapp:`. A host covers its subdomains too. */
  readonly value: string;
  /** Shown to the users of the app, and to the app. */
  readonly reason: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** The id of the admin. */
  readonly createdBy: string;
}
