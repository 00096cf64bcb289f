import { membersOf, type ResponseSnapshot } from '../site/response-snapshot.ts';
import { type Finding, finding } from './finding.ts';

/** Words on the pages of bot checks. */
const CHALLENGE =
  /just a m\w+t|challenge-platform|cf-chl|captcha|ddos-guard|_incapsula_|sucuri|datadome|perimeterx|are you (a )?human|checking your browser/i;
const CHALLENGE_HEADERS = ['cf-mitigated', 'x-datadome', 'x-amzn-waf-action', 'x-sucuri-block'];

/** Detects a bot check, a password prompt or a failing server in front of the site. Returns null if there is none. */
export function detectInterstitial(answers: readonly ResponseSnapshot[]): Finding | null {
  for (const { status, headers, text } of answers) {
    if (status === 401 && headers.has('www-authenticate'))
      return finding('password_wall', 'The web server requires a password for every request (401).');
    const challenge = CHALLENGE_HEADERS.find((name) => headers.has(name));
    const isPage = headers.get('content-type')?.includes('text/html') ?? false;
    const isStopped = [403, 429, 503].includes(status) && isPage;
    if (challenge !== undefined || (isStopped && CHALLENGE.test(text)))
      return finding('bot_wall', `A bot check responds instead of the site (${status}${whose(headers)}).`);
  }
  const limited = answers.find(({ status, headers }) => status === 429 && headers.has(OWN_LIMIT));
  if (limited) return finding('address_limited', describeLimit(limited));
  const stopped = answers.find(({ status }) => status === 403 || status === 429);
  if (stopped && !isOwnRefusal(stopped))
    return finding('bot_wall', `A public request is rejected (${stopped.status}${whose(stopped.headers)}).`);
  const failing = answers.find(({ status }) => status >= 500);
  return failing
    ? finding('site_fails', `The site responds with ${failing.status}${whose(failing.headers)}.`)
    : null;
}

/** Discourse and Valetkey name the limit that was reached. A response to HEAD has no other details. */
const OWN_LIMIT = 'discourse-rate-limit-error-code';

function describeLimit({ headers }: ResponseSnapshot): string {
  const seconds = headers.get('retry-after');
  const wait = /^\d+$/.test(seconds ?? '') ? ` It will again in ${seconds} s.` : '';
  return `The site currently rejects requests from this IP address (429).${wait}`;
}

/** Only error responses of Discourse and Valetkey have this member. */
const isOwnRefusal = (answer: ResponseSnapshot): boolean => 'error_type' in membersOf(answer);

function whose(headers: Headers): string {
  const server = headers.get('server');
  return server === null ? '' : `, ${server.slice(0, 40)}`;
}

/** Reports whether the site requires sign-in for all pages. */
export function decideLoginRequired(info: ResponseSnapshot): Finding[] {
  const { login_required: flag, error_type: word } = membersOf(info);
  const location = info.headers.get('location') ?? '';
  const isRequired = flag === true || word === 'not_logged_in' || /\/login(\?|$)/.test(location);
  return isRequired ? [finding('login_required', 'The site requires sign-in for all pages.')] : [];
}
