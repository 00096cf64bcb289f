import { type FetchOptions, type LoginOptions, openLogin } from '@valetkey/client';
import { listenOnLoopback } from '@valetkey/client/node';
import { saveCompileCache } from '../compile-cache.ts';
import { openBrowser } from './open-browser.ts';
import { prepareLogin } from './prepare-login.ts';
import type { Report } from './report.ts';

/** What a person gave an app, by whatever way. */
export interface Granted {
  readonly key: string;
  /** ISO 8601; null if it does not expire. */
  readonly expiresAt: string | null;
}

/** How to reach the person in front of this computer. */
export interface BrowserMethod {
  readonly opensBrowser: boolean;
  /** The answer is copied by hand, whatever the site allows. */
  readonly isPaste: boolean;
  readonly report: Report;
}

/** Asks the person in the browser on this computer; the answer comes back by itself, or by way of their clipboard. */
export async function loginByBrowser(
  asked: LoginOptions,
  { opensBrowser, isPaste, report }: BrowserMethod,
  network: FetchOptions,
  signal: AbortSignal,
): Promise<Granted> {
  const receiver = isPaste ? null : await listenOnLoopback({ signal });
  try {
    const { login, isRedirected } = await prepareLogin(
      { ...asked, authRedirect: receiver?.authRedirect },
      network,
    );
    const url = login.url.href;
    report.ask(`Open this URL in your browser, sign in, and approve:\n\n  ${url}\n`, {
      event: 'open',
      url,
    });
    if (opensBrowser) openBrowser(login.url);
    // The person reads now: time for what the prompt did not have to wait for.
    const { waitForAnswer } = await import('./wait-for-answer.ts');
    saveCompileCache();
    const answer = await waitForAnswer(isRedirected ? receiver : null, signal);
    const { key, expiresAt } = await openLogin(login, answer);
    return { key, expiresAt };
  } finally {
    receiver?.close();
  }
}
