import { parseRedirect, ValetkeyError } from '@valetkey/protocol';
import { findExactRedirectPattern } from '../core/settings/exact-redirect-pattern.ts';
import type { Settings } from '../core/settings/setting-table.ts';
import { isRedirectListed } from './steps/check-redirect.ts';

/** Whether the list allows a registered redirect, and else whether one item can be added that allows exactly it. */
export type RedirectState = 'allowed' | 'addable' | 'not_addable';

/** Returns the state of a registered redirect. One that was valid earlier may be invalid now: it is `not_addable`. */
export function decideRedirectState(authRedirect: string, settings: Settings): RedirectState {
  try {
    if (isRedirectListed(parseRedirect(authRedirect), settings)) return 'allowed';
  } catch (error) {
    if (!(error instanceof ValetkeyError)) throw error;
    return 'not_addable';
  }
  return findExactRedirectPattern(authRedirect) === null ? 'not_addable' : 'addable';
}
