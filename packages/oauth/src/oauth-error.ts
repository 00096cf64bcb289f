import type { OauthErrorCode } from '@valetkey/server/extension';

/** An error of an OAuth request, for the client. The description is visible ASCII and contains no secret. */
export class OauthError extends Error {
  override readonly name = 'OauthError';
  readonly error: OauthErrorCode;

  constructor(error: OauthErrorCode, description: string) {
    super(description);
    this.error = error;
  }
}
