import { LOOPBACK_REDIRECT, parseRedirectUri, type RedirectKind } from './parse-redirect-uri.ts';

/** The redirect of a request. */
export interface FoundRedirect {
  /** As sent, with the port that the client listens on. */
  readonly uri: string;
  readonly kind: RedirectKind;
}

/**
 * Returns the redirect of a request; null if the client has not registered it. Compares texts exactly (RFC 9700 section 2.1).
 * Only the port of a loopback redirect may differ (RFC 8252 section 7.3): `localhost`, `127.0.0.1` and `[::1]` are different
 * hosts.
 *
 * @param sent null if the request has none; then the only registered one is used
 */
export function findRedirect(sent: string | null, registered: readonly string[]): FoundRedirect | null {
  const [only, ...others] = registered;
  const uri = sent ?? (others.length === 0 ? (only ?? null) : null);
  if (uri === null || !registered.some((known) => known === uri || isSameLoopback(known, uri))) return null;
  const kind = parseRedirectUri(uri);
  return kind === null ? null : { uri, kind };
}

function isSameLoopback(known: string, sent: string): boolean {
  const [one, other] = [LOOPBACK_REDIRECT.exec(known), LOOPBACK_REDIRECT.exec(sent)];
  return one !== null && other !== null && one[1] === other[1] && one[3] === other[3];
}
