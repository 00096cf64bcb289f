import { membersOf, readJson } from './read-json.ts';
import type { SiteRequest } from './send-request.ts';
import { buildRequestWithKey, type KeyHolder } from './send-with-key.ts';
import { readSiteRefusal, SiteRefusal } from './site-refusal.ts';

/** The user that a key acts for. */
export interface CurrentUser {
  readonly id: number | string;
  readonly username: string;
}

/**
 * Builds a request for the user of a key, for any HTTP client. Do not follow redirects with it.
 *
 * @see PROTOCOL.md#current-key
 */
export function buildWhoami(holder: KeyHolder): SiteRequest {
  return buildRequestWithKey(holder, '/session/current.json');
}

/**
 * Parses the response to the request of `buildWhoami`, or to `/user-api-key/current.json`, which every active key may read on a Valetkey site.
 *
 * @throws {SiteRefusal}
 * @example const { username } = await processWhoami(response);
 */
export async function processWhoami(answer: Response): Promise<CurrentUser> {
  if (!answer.ok) throw await readSiteRefusal(answer);
  const { current_user, user } = membersOf(await readJson(answer));
  const { id, username } = membersOf(current_user ?? user);
  if (typeof username === 'string' && (typeof id === 'number' || typeof id === 'string'))
    return { id, username };
  throw new SiteRefusal({
    status: answer.status,
    code: null,
    errorType: null,
    errors: ['The site does not say who this key acts for.'],
    advice: 'Ask for the scope session_info or read.',
    waitSeconds: null,
  });
}
