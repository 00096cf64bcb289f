import { membersOf, readJson, textOf } from './read-json.ts';
import { type HttpOptions, type SiteRequest, sendBuilt } from './send-request.ts';
import { parseSite, resolveOnSite } from './site-url.ts';

/** A scope that apps may request. The sentence is text of the site: escape it before you display it. */
export interface SiteScope {
  readonly name: string;
  /** What the scope allows, as the consent page says it. */
  readonly sentence: string;
  /** Whether the consent page shows a warning. */
  readonly isDangerous: boolean;
}

const MAX_SCOPES = 500;
const MAX_SENTENCE_LENGTH = 500;

/**
 * Builds the request for the list of scopes, to send with any HTTP client.
 *
 * @throws {ValetkeyError} `parameter_invalid`
 */
export function buildScopeList(site: string | URL): SiteRequest {
  return { url: resolveOnSite(parseSite(site), '/user-api-key/scopes.json'), method: 'GET', headers: {} };
}

/**
 * Parses the response. Returns null if the site has no list, such as Discourse. Ignores entries without a name and a
 * sentence.
 */
export async function processScopeList(answer: Response): Promise<readonly SiteScope[] | null> {
  if (answer.status !== 200) return null;
  const { scopes } = membersOf(await readJson(answer));
  if (!Array.isArray(scopes)) return null;
  return scopes.slice(0, MAX_SCOPES).flatMap((entry): SiteScope[] => {
    const { name: nameField, sentence: sentenceField, dangerous } = membersOf(entry);
    const [name, sentence] = [textOf(nameField), textOf(sentenceField)];
    if (name === null || sentence === null || !/^[\w.:-]{1,100}$/.test(name)) return [];
    return [{ name, sentence: sentence.slice(0, MAX_SENTENCE_LENGTH), isDangerous: dangerous === true }];
  });
}

/**
 * Returns the scopes that apps may request from a site, with their sentences; null if the site has no list. Needs no
 * key. `SiteProbe.hasScopeList` tells beforehand.
 *
 * @throws {ValetkeyError} `site_unreachable`, `parameter_invalid`
 * @see PROTOCOL.md#list-scopes
 * @example const scopes = (await listScopes('https://forum.example')) ?? [];
 */
export async function listScopes(
  site: string | URL,
  options?: HttpOptions,
): Promise<readonly SiteScope[] | null> {
  return processScopeList(await sendBuilt(buildScopeList(site), options));
}
