/** An error response of the test site. */
export class TestSiteError extends Error {
  override readonly name = 'TestSiteError';
  /** HTTP status. */
  readonly status: number;
  /** The error code, such as `redirect_not_allowed` (docs/errors); null for an error of the forum itself. */
  readonly code: string | null;
  /** The whole JSON body. */
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    const { errors, advice, code } = body as { errors?: string[]; advice?: string; code?: string };
    super([...(errors ?? [`The site responded with ${status}.`]), advice ?? ''].join(' ').trim());
    this.status = status;
    this.code = code ?? null;
    this.body = body;
  }
}
