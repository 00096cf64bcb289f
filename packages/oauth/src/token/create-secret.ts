/** Returns a new authorization code, refresh token or client secret: 256 random bits in base64url. */
export function createSecret({
  randomBytes,
}: {
  readonly randomBytes: (count: number) => Uint8Array;
}): string {
  return Buffer.from(randomBytes(32)).toString('base64url');
}
