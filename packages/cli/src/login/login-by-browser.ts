import { type FetchOptions, type LoginOptions, openLogin } from '@valetkey/client';
import { listenOnLoopback } from '@valetkey/client/node';
import { saveCompileCache } from '../compile-cache.ts';
import { openBrowser } from './open-browser.ts';
import { prepareLogin } from './prepare-login.ts';
import type { Report } from './report.ts';

/** The granted key, whatever the method. */
export interface Granted {
  readonly key: string;
  /** ISO 8601; null if it does not expire. */
  readonly expiresAt: string | null;
}

/** How to reach the user at this computer. */
export interface BrowserMethod {
  readonly opensBrowser: boolean;
  /** The user copies the response, even if the site allows the redirect. */
  readonly isPaste: boolean;
  readonly report: Report;
}

/** Lets the user approve in a browser on this computer. The response arrives by redirect or by paste. */
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
    // The user reads now, so this work delays nothing.
    const { waitForAnswer } = await import('./wait-for-answer.ts');
    saveCompileCache();
    const answer = await waitForAnswer(isRedirected ? receiver : null, signal);
    const { key, expiresAt } = await openLogin(login, answer);
    return { key, expiresAt };
  } finally {
    receiver?.close();
  }
}
