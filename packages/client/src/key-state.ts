import { readSiteRefusal, SiteRefusal } from './site-refusal.ts';

/** An endpoint of Discourse that keys with these scopes may read. */
const KNOWN_GOOD_PATH = '/session/current.json';
const KNOWN_GOOD_SCOPES: readonly string[] = ['read', 'write', 'session_info'];

/**
 * Finds out whether a refusal is about the key or about its scopes, on sites that send the same response for both,
 * such as Discourse. Sends one request that every valid key with these scopes may send.
 *
 * Only responses of the site itself count: a bot check in front of it proves nothing about the key.
 *
 * @param scopes the granted scopes; without them, a refusal of that request proves nothing
 * @param ask sends a GET with the key
 * @returns the refusal, with `isKeyInactive` and advice if they are known now
 */
export async function explainRefusal(
  refusal: SiteRefusal,
  scopes: readonly string[] | undefined,
  ask: (path: string) => Promise<Response>,
): Promise<SiteRefusal> {
  if (refusal.status !== 403 || refusal.code !== null || refusal.errorType !== 'invalid_access')
    return refusal;
  const answer = await ask(KNOWN_GOOD_PATH).catch(() => null);
  if (answer?.ok) {
    await answer.body?.cancel?.();
    return withState(
      refusal,
      false,
      'The key is active, but its scopes or the permissions of its account do not allow this.',
    );
  }
  const second = answer && (await readSiteRefusal(answer).catch(() => null));
  const isAboutKey = second?.code === null ? second.errorType === 'invalid_access' : second?.isKeyInactive;
  const isProof =
    second?.status === 403 && isAboutKey && scopes?.some((scope) => KNOWN_GOOD_SCOPES.includes(scope));
  return isProof
    ? withState(refusal, true, 'The key was revoked or has expired: ask the user for a new one.')
    : refusal;
}

const withState = (refusal: SiteRefusal, isKeyInactive: boolean, advice: string): SiteRefusal =>
  new SiteRefusal({ ...refusal, isKeyInactive, advice });
