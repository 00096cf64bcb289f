import { type FetchOptions, type Login, precheckRequest, processPrecheckResponse } from '@valetkey/client';
import { KNOWN_SCOPES } from './known-scopes.ts';
import { membersOf, type ResponseSnapshot, takeSnapshot } from './response-snapshot.ts';

/** No site has this scope. The error response lists the available ones. */
const NO_SCOPE = 'no_such_scope';

/**
 * Returns the scopes that a site grants, without sign-in: from its list, otherwise by requesting each known scope.
 * Returns null if the site does not check scopes before sign-in, as old versions.
 *
 * @param login a request with any scope, which is never approved
 * @throws {ValetkeyError} `site_unreachable`
 * @see PROTOCOL.md#authorize-responses
 */
export async function findOfferedScopes(
  { url: request }: Pick<Login, 'url'>,
  network: FetchOptions,
): Promise<readonly string[] | null> {
  const ask = (scope: string) => {
    const url = new URL(request);
    url.searchParams.set('scopes', scope);
    return precheckRequest({ url }, network);
  };
  const answer = await takeSnapshot(await ask(NO_SCOPE));
  const told = readAllowedScopes(answer);
  if (told) return told;
  if ((await processPrecheckResponse(new Response(answer.text, answer))).kind !== 'refused') return null;
  const offered: string[] = [];
  for (const scope of Object.keys(KNOWN_SCOPES)) {
    const { kind } = await processPrecheckResponse(await ask(scope));
    if (kind === 'accepted' || kind === 'sent_to_login') offered.push(scope);
  }
  return offered;
}

/** Returns the list in an error response; null if it has none. */
function readAllowedScopes(answer: ResponseSnapshot): readonly string[] | null {
  const { allowed_scopes: scopes } = membersOf(answer);
  return Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string') ? scopes : null;
}
