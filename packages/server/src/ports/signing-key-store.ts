/** A key that signs ID tokens. The private part is encrypted by the caller. Times are milliseconds since 1970. */
export interface SigningKey {
  readonly keyId: string;
  /** The public JWK as JSON. */
  readonly publicJwk: string;
  /** The encrypted private JWK. */
  readonly sealedPrivateKey: string;
  readonly createdAt: number;
}

/** Stores the keys that sign ID tokens. Part of `Store`; the guarantees there apply. */
export interface SigningKeyStore {
  /** Returns all keys, newest first. */
  listSigningKeys(): Promise<SigningKey[]>;
  /**
   * Stores a key, unless a key was created after `unlessSince`. Only one of several concurrent calls stores its key.
   *
   * @returns whether it was stored
   */
  saveSigningKey(key: SigningKey, unlessSince: number): Promise<boolean>;
  /** Deletes the keys that were created before this time, except the newest one. */
  deleteSigningKeys(createdBefore: number): Promise<void>;
}
