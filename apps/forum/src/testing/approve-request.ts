import type { User } from './act-as.ts';

/** What an app gets when its person has approved. */
export interface Approval {
  /** Where the browser would go: the app's own redirect with `payload=` in it; null for a request without one. */
  readonly redirectUrl: string | null;
  /** The sealed payload, as the app finds it in the redirect or the person copies it. */
  readonly payload: string;
}

/**
 * Opens what an app would open in a browser, and presses Approve.
 *
 * @param url the address that the app made: `…/user-api-key/new?…`
 * @throws {TestSiteRefusal} whatever the site has against the request, by the code it gives the app
 * @throws Error if the address leads elsewhere
 */
export async function approveRequest(
  user: Pick<User, 'call'>,
  url: string | URL,
  site: string,
): Promise<Approval> {
  const answer = await answerRequest(user, url, site, '/user-api-key.json');
  const redirectUrl = answer.redirect_url ?? null;
  const payload = redirectUrl === null ? answer.payload : new URL(redirectUrl).searchParams.get('payload');
  return { redirectUrl, payload: payload ?? '' };
}

/** Opens it and presses Decline. Answers where the browser would go; null for a request without a redirect. */
export async function declineRequest(
  user: Pick<User, 'call'>,
  url: string | URL,
  site: string,
): Promise<string | null> {
  const answer = await answerRequest(user, url, site, '/user-api-key/decline.json');
  return answer.redirect_url ?? null;
}

async function answerRequest(user: Pick<User, 'call'>, url: string | URL, site: string, path: string) {
  const { origin, pathname, search } = new URL(url);
  if (origin !== site || pathname !== '/user-api-key/new')
    throw new Error(`Give the address that the app opens: it begins with ${site}/user-api-key/new?`);
  // In the query, not taken apart and put together again: a parameter that comes twice has to be refused.
  return (await user.call('POST', path + search)) as { redirect_url?: string; payload?: string };
}
