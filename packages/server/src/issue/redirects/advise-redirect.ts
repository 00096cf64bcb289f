import {
  parseRedirectPatterns,
  type RedirectPattern,
  type RedirectPatternDescription,
  ValetkeyError,
} from '@valetkey/protocol';
import { type Reason, reasonOf } from '../../core/reason.ts';
import { createRedirectExamples, type RedirectExamples } from '../../core/redirects/redirect-examples.ts';
import { decideReach, type RedirectReach } from '../../core/redirects/redirect-reach.ts';
import { suggestSaferPatterns } from '../../core/redirects/safer-patterns.ts';
import type { AppsOfReceiver } from '../../ports/app-block-store.ts';
import { findAppsOfPattern } from './find-apps-of-pattern.ts';

/** What an admin should know about one pattern. */
export interface RedirectAdvice {
  readonly pattern: string;
  readonly reach: RedirectReach;
  readonly allows: string;
  readonly warning: string | null;
  readonly examples: RedirectExamples;
  readonly safer: readonly string[];
  /** The apps that received a key at a redirect that it allows. */
  readonly apps: readonly AppsOfReceiver[];
  /** Whether the setting has it already. */
  readonly isListed: boolean;
}

/**
 * Returns the advice about one pattern, or why it is invalid.
 *
 * @param text as an admin entered it
 * @param listed the patterns of the setting
 * @param describe describes a pattern in the admin's language
 */
export function adviseRedirect(
  text: string,
  apps: readonly AppsOfReceiver[],
  listed: readonly string[],
  describe: (pattern: RedirectPattern) => RedirectPatternDescription,
): RedirectAdvice | { readonly mistake: Reason } {
  try {
    const [pattern, ...others] = parseRedirectPatterns(text);
    if (!pattern || others.length > 0) return { mistake: { reason: 'not_one_text' } };
    const used = findAppsOfPattern(pattern, apps);
    return {
      pattern: pattern.text,
      reach: decideReach(pattern),
      ...describe(pattern),
      examples: createRedirectExamples(pattern),
      safer: suggestSaferPatterns(
        pattern,
        used.flatMap(({ authRedirect }) => authRedirect ?? []),
      ),
      apps: used,
      isListed: listed.includes(pattern.text),
    };
  } catch (error) {
    if (!(error instanceof ValetkeyError)) throw error;
    return { mistake: reasonOf(error) };
  }
}
