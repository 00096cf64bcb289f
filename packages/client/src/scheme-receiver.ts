import type { AnswerReceiver } from './redirect-login.ts';

/** A receiver on a custom scheme of the app, such as `myapp:`. The operating system passes URLs to the app. */
export interface SchemeReceiver extends AnswerReceiver {
  /**
   * Handles a URL passed by the operating system. Any page can open such a URL, so it is trusted only after
   * `openLogin` has decrypted it.
   *
   * @returns whether it has the form of an answer; other URLs are left to the app
   */
  receive(address: string): boolean;
}

/** Maximum number of queued URLs; more than that is an attack. */
const MAX_PENDING = 20;

/**
 * Waits for the answer on a custom scheme that the app has registered with the operating system (Electron, React
 * Native). Receives until it is closed, because any page can send a URL of that scheme before the real answer
 * arrives.
 *
 * @param authRedirect the registered URL, exactly as in the site's list of redirects
 * @param options.signal aborts the wait, such as `AbortSignal.timeout(600_000)`
 * @see RFC 8252 section 7.1
 * @example
 * const receiver = createSchemeReceiver('myapp://callback');
 * app.on('open-url', (_event, url) => receiver.receive(url)); // macOS
 * app.on('second-instance', (_event, argv) => argv.some(receiver.receive)); // Windows, Linux
 */
export function createSchemeReceiver(
  authRedirect: string,
  options: { readonly signal?: AbortSignal | undefined } = {},
): SchemeReceiver {
  const { signal } = options;
  const waiting: string[] = [];
  let isOpen = !signal?.aborted;
  let wake = (): void => {};
  const next = async (): Promise<string> => {
    for (;;) {
      const address = waiting.shift();
      if (address !== undefined) return address;
      if (signal?.aborted) throw signal.reason;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  const close = (): void => {
    isOpen = false;
  };
  signal?.addEventListener('abort', () => {
    close();
    wake();
  });
  const answer = next();
  // Prevents an unhandled rejection when nobody awaits `answer`.
  answer.catch(() => {});

  return {
    authRedirect,
    answer,
    next,
    close,
    receive(address) {
      if (!isOpen || waiting.length >= MAX_PENDING || !isAnswer(authRedirect, address)) return false;
      waiting.push(address);
      wake();
      return true;
    },
  };
}

/** Operating systems change the case of scheme and host, and some append a slash. */
function isAnswer(authRedirect: string, address: string): boolean {
  const base = authRedirect.replace(/\/$/, '');
  if (address.slice(0, base.length).toLowerCase() !== base.toLowerCase()) return false;
  return /^\/?[?&](?:.*&)?(?:payload|error)=/.test(address.slice(base.length));
}
