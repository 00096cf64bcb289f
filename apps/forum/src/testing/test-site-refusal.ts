/** The site said no, in the form in which it says so to an app. */
export class TestSiteRefusal extends Error {
  override readonly name = 'TestSiteRefusal';
  /** HTTP status. */
  readonly status: number;
  /** The error's name, such as `redirect_not_allowed` (docs/errors); null where the forum itself refused. */
  readonly code: string | null;
  /** The whole answer. */
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    const { errors, advice, code } = body as { errors?: string[]; advice?: string; code?: string };
    super([...(errors ?? [`The site answered ${status}.`]), advice ?? ''].join(' ').trim());
    this.status = status;
    this.code = code ?? null;
    this.body = body;
  }
}
