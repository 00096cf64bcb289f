import type { RedirectPrecheckResult } from '@valetkey/client';
import { membersOf, type ResponseSnapshot } from '../site/response-snapshot.ts';
import { type Finding, finding } from './finding.ts';

/** Decides from the response to an invalid padding: a site that knows the parameter rejects it. */
export function decidePadding(answer: ResponseSnapshot, isJudgedBeforeLogin: boolean): Finding {
  const said = JSON.stringify(membersOf(answer));
  if (answer.status === 400 || /padding/.test(said))
    return finding('padding_oaep', 'The site encrypts with OAEP on request.');
  return isJudgedBeforeLogin
    ? finding('padding_ignored', 'The site does not support the parameter padding.')
    : finding(
        'padding_untold',
        'The site does not reveal before sign-in whether it supports the parameter padding.',
      );
}

/**
 * @param offered null if the site does not tell before a sign-in
 */
export function decideScopes(offered: readonly string[] | null): Finding {
  if (offered === null)
    return finding('scopes_untold', 'The site does not reveal its scopes before sign-in.');
  return offered.length === 0
    ? finding('scopes_none', 'The site grants no scopes.')
    : finding('scopes_offered', `The site grants the scopes ${offered.join(', ')}.`);
}

/** Decides whether the site sends keys to a redirect. */
export function decideRedirect(redirect: string, result: RedirectPrecheckResult): Finding {
  if (result.kind === 'accepted') return finding('redirect_allowed', `The site sends keys to ${redirect}.`);
  if (result.kind === 'unconfirmed')
    return finding('redirect_untold', 'The site does not check redirects before sign-in.');
  const { code, errors } = result.refusal;
  const why = code === null || code === 'redirect_not_allowed' ? '' : ` (${errors.join(' ')})`;
  return finding('redirect_refused', `The site does not send keys to ${redirect}${why}.`);
}
