import type { AnswerReceiver } from './redirect-login.ts';

/** A scheme of the app's own, such as `myapp:`, through which the system hands it addresses. */
export interface SchemeReceiver extends AnswerReceiver {
  /**
   * Looks at an address that the system handed over. Any page on the machine can send one, so what is in it is believed
   * only when `openLogin` has opened it.
   *
   * @returns whether it has the form of an answer; other addresses are the app's business
   */
  receive(address: string): boolean;
}

/** As many wait to be judged: more are somebody's mischief. */
const MAX_PENDING = 20;

/**
 * Waits for the answer on a custom scheme that the app has registered with the system: Electron, React Native. Receives until
 * it is closed, for any page can send an address of that scheme before the true answer comes.
 *
 * @param authRedirect the address that was registered, as the site's list of redirects has it
 * @param options.signal ends the wait, such as `AbortSignal.timeout(600_000)`
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
  // Whoever waits hears of it; nobody does where the answer was pasted instead.
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

/** Systems fold the case of a scheme and a host, and some add the slash after it. */
function isAnswer(authRedirect: string, address: string): boolean {
  const base = authRedirect.replace(/\/$/, '');
  if (address.slice(0, base.length).toLowerCase() !== base.toLowerCase()) return false;
  return /^\/?[?&](?:.*&)?(?:payload|error)=/.test(address.slice(base.length));
}
