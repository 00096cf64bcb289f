/** An approved request, as text with its authorization code in the store. */
export interface ApprovedRequest {
  /** As sent; null if the request had none, so that the token request needs none. */
  readonly redirectUri: string | null;
  /** Where the code was sent, without query. */
  readonly authRedirect: string;
  readonly codeChallenge: string | null;
  readonly clientName: string;
  readonly scopes: readonly string[];
  readonly identityScopes: readonly string[];
  readonly resources: readonly string[];
  /** The chosen lifetime of the grant; null for no end. */
  readonly expiresInSeconds: number | null;
  /** Whether the grant lasts, so that later sign-ins show no page. */
  readonly isRemembered: boolean;
  readonly nonce: string | null;
  /** When the user signed in; null if the site does not know. */
  readonly authenticatedAt: number | null;
  /** When the user approved it. */
  readonly approvedAt: number;
}

export const formatApprovedRequest = (request: ApprovedRequest): string => JSON.stringify(request);

/** Accepts only text that `formatApprovedRequest` has created. */
export const parseApprovedRequest = (text: string): ApprovedRequest => JSON.parse(text) as ApprovedRequest;
