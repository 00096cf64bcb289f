import { readSiteRefusal, SiteRefusal } from './site-refusal.ts';

/** A question that keys with these scopes may ask of Discourse. */
const KNOWN_GOOD_PATH = '/session/current.json';
const KNOWN_GOOD_SCOPES: readonly string[] = ['read', 'write', 'session_info'];

/**
 * Finds out whether a refusal is about the key or about what it was used for, where the site has one answer for both, as
 * Discourse: asks once for something that the key surely may have. Only the site's own word counts: a bot check in front of
 * it says nothing about the key.
 *
 * @param scopes that were granted; without them a second refusal proves nothing
 * @param ask sends a GET with the key
 * @returns the refusal, with `isKeyInactive` and advice where that is known now
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
      'The key works; its scopes, or the rights of its account, do not reach this.',
    );
  }
  const second = answer && (await readSiteRefusal(answer).catch(() => null));
  const isAboutKey = second?.code === null ? second.errorType === 'invalid_access' : second?.isKeyInactive;
  const isProof =
    second?.status === 403 && isAboutKey && scopes?.some((scope) => KNOWN_GOOD_SCOPES.includes(scope));
  return isProof
    ? withState(refusal, true, 'The key was revoked or has expired: ask the person for a new one.')
    : refusal;
}

const withState = (refusal: SiteRefusal, isKeyInactive: boolean, advice: string): SiteRefusal =>
  new SiteRefusal({ ...refusal, isKeyInactive, advice });
