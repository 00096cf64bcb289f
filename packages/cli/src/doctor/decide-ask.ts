import type { RedirectPrecheckResult } from '@valetkey/client';
import { type Glimpse, membersOf } from '../site/glimpse.ts';
import { type Finding, finding } from './finding.ts';

/** By its answer to a padding that does not exist: who knows the parameter refuses it. */
export function decidePadding(answer: Glimpse, isJudgedBeforeLogin: boolean): Finding {
  const said = JSON.stringify(membersOf(answer));
  if (answer.status === 400 || /padding/.test(said))
    return finding('padding_oaep', 'The site encrypts with OAEP where an app asks for it.');
  return isJudgedBeforeLogin
    ? finding('padding_ignored', 'The site does not know the parameter padding.')
    : finding(
        'padding_untold',
        'The site does not say before a sign-in whether it knows the parameter padding.',
      );
}

/** @param offered null if the site does not tell before a sign-in */
export function decideScopes(offered: readonly string[] | null): Finding {
  if (offered === null)
    return finding('scopes_untold', 'The site does not say before a sign-in which scopes it gives out.');
  return offered.length === 0
    ? finding('scopes_none', 'The site gives out no scope at all.')
    : finding('scopes_offered', `The site gives out the scopes ${offered.join(', ')}.`);
}

/** Whether keys may be sent to a redirect. */
export function decideRedirect(redirect: string, verdict: RedirectPrecheckResult): Finding {
  if (verdict.kind === 'accepted') return finding('redirect_allowed', `The site sends keys to ${redirect}.`);
  if (verdict.kind === 'unconfirmed')
    return finding('redirect_untold', 'The site does not say before a sign-in where it sends keys.');
  const { code, errors } = verdict.refusal;
  const why = code === null || code === 'redirect_not_allowed' ? '' : ` (${errors.join(' ')})`;
  return finding('redirect_refused', `The site does not send keys to ${redirect}${why}.`);
}
