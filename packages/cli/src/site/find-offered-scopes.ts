import { type FetchOptions, type Login, precheckRequest, processPrecheckResponse } from '@valetkey/client';
import { KNOWN_SCOPES } from './known-scopes.ts';
import { membersOf, type ResponseSnapshot, takeSnapshot } from './response-snapshot.ts';

/** No site has it; the refusal tells what it does have. */
const NO_SCOPE = 'no_such_scope';

/**
 * The scopes that a site gives out, without a sign-in: from its own list where it tells that, else by asking for each
 * known one. Null if the site says nothing of scopes before a sign-in, as old ones.
 *
 * @param login a request for any scope; nobody will ever approve it
 * @throws {ValetkeyError} `site_unreachable`
 * @see PROTOCOL.md section 2
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

/** The list in a refusal that has one. */
function readAllowedScopes(answer: ResponseSnapshot): readonly string[] | null {
  const { allowed_scopes: scopes } = membersOf(answer);
  return Array.isArray(scopes) && scopes.every((scope) => typeof scope === 'string') ? scopes : null;
}
