import type { TestUser } from './act-as.ts';

/** What an app receives after an approval. */
export interface Approval {
  /** The app's redirect with `payload` in its query; null for a request without a redirect. */
  readonly redirectUrl: string | null;
  /** The encrypted payload, as in the redirect or as the user copies it. */
  readonly payload: string;
}

/**
 * Approves the request of an app, as the Approve button does.
 *
 * @param url the URL that the app opens: `…/user-api-key/new?…`
 * @throws {TestSiteError} if the site rejects the request
 * @throws Error for a URL of another site or path
 */
export async function approveRequest(
  user: Pick<TestUser, 'call'>,
  url: string | URL,
  site: string,
): Promise<Approval> {
  const answer = await sendDecision(user, url, site, '/user-api-key.json');
  const redirectUrl = answer.redirect_url ?? null;
  const payload = redirectUrl === null ? answer.payload : new URL(redirectUrl).searchParams.get('payload');
  return { redirectUrl, payload: payload ?? '' };
}

/** Declines the request of an app. Returns the app's redirect; null for a request without one. */
export async function declineRequest(
  user: Pick<TestUser, 'call'>,
  url: string | URL,
  site: string,
): Promise<string | null> {
  const answer = await sendDecision(user, url, site, '/user-api-key/decline.json');
  return answer.redirect_url ?? null;
}

async function sendDecision(user: Pick<TestUser, 'call'>, url: string | URL, site: string, path: string) {
  const { origin, pathname, search } = new URL(url);
  if (origin !== site || pathname !== '/user-api-key/new')
    throw new Error(`The URL must begin with ${site}/user-api-key/new?`);
  // The query is sent unparsed, so that the site can reject repeated parameters.
  return (await user.call('POST', path + search)) as { redirect_url?: string; payload?: string };
}
