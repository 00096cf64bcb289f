import type { SiteRefusal } from '@valetkey/client';
import { KNOWN_SCOPES } from '../site/known-scopes.ts';
import { findScopesFor } from './find-scopes-for.ts';
import { type Finding, finding } from './finding.ts';
import { findRefusalFinding } from './refusal-finding.ts';

/** A request, and the result of sending it. */
export interface RequestObservation {
  readonly method: string;
  readonly path: string;
  readonly scopes: readonly string[];
  /** The scopes that the site grants; null if it does not tell. */
  readonly offered: readonly string[] | null;
  /** `not_sent` if it would change data; otherwise the response. */
  readonly outcome: 'not_sent' | { readonly status: number } | SiteRefusal;
}

/** Decides why a request is rejected, or would be. */
export function decideRequest({ method, path, scopes, offered, outcome }: RequestObservation): Finding {
  const asked = `${method} ${path}`;
  const told = outcome !== 'not_sent' && 'errors' in outcome ? outcome.requiredScopes : null;
  const reaching = told ?? findScopesFor(method, path);
  const isReached = scopes.some((scope) => reaching.includes(scope));
  if (told?.length === 0) return finding('request_without_scope', `No scope of the site allows ${asked}.`);
  const needed =
    reaching.length > 1 ? `one of the scopes ${reaching.join(', ')}` : `the scope ${reaching[0]}`;
  const outOfScope = finding(
    'request_out_of_scope',
    `${asked} needs ${needed}; the key has ${scopes.join(', ') || 'none'}.`,
  );

  if (outcome === 'not_sent') {
    if (isReached) return finding('request_in_scope', `The scopes of the key cover ${asked}.`);
    const ownScopes = offered?.filter((scope) => !Object.hasOwn(KNOWN_SCOPES, scope)) ?? [];
    if (ownScopes.length === 0 || reaching.some((scope) => offered?.includes(scope))) return outOfScope;
    return finding('request_scope_untold', `The site does not tell which of its scopes allows ${asked}.`);
  }
  if (!('errors' in outcome)) return finding('request_works', `${asked} returns ${outcome.status}.`);

  const said = `${asked} returns ${outcome.status}: ${outcome.errors.join(' ')}`;
  if (outcome.status === 429) return finding('limit_reached', said);
  if (outcome.status === 404) return finding('request_not_found', said);
  if (outcome.status !== 403) return finding('request_fails', said);
  if (outcome.errorType === null) return finding('bot_wall', said);
  if (outcome.code === 'scope_insufficient' || (outcome.code === null && !isReached)) return outOfScope;
  return finding(findRefusalFinding(outcome.code) ?? 'request_not_permitted', said);
}
