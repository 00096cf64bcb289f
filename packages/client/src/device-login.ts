import { ValetkeyError } from '@valetkey/protocol';
import { type Clock, runWithin, systemClock } from './clock.ts';
import { type DevicePollResult, devicePollRequest, processDevicePoll } from './device-poll.ts';
import {
  type DevicePrompt,
  type DeviceStart,
  deviceStartRequest,
  processDeviceStart,
} from './device-start.ts';
import { createLogin, type GrantedKey, type Login, type LoginOptions, openLogin } from './login.ts';
import type { HttpOptions } from './send-request.ts';

/** What to ask for, and how to reach the person. */
export interface DeviceLoginOptions extends Omit<LoginOptions, 'authRedirect'>, HttpOptions {
  /** Shows code and address to the person; the site is asked from then on. */
  readonly onCode: (prompt: DevicePrompt) => void | Promise<void>;
  /** The runtime's own if left out. */
  readonly clock?: Clock | undefined;
}

/** No single question takes longer than this; a connection that hangs is given up, and the question asked again. */
const MAX_ANSWER_MS = 30_000;
/** How long a site keeps the answer to an approval. */
const ANSWER_KEPT_MS = 60_000;
/** Well below that, so that no answer is missed. */
const MAX_BACKOFF_MS = 30_000;

/**
 * Gets a key without a browser or a redirect on this machine: the person types a code on any other. Asks the site never
 * more often than it said; rides out network errors, 429 and 5xx until the code expires, by a clock that nobody can set.
 *
 * @throws {SiteRefusal} if the site will not take the request
 * @throws {ValetkeyError} `access_denied` if the person declines, `expired_token` if nobody came in time,
 *   `site_has_no_device_flow`, `site_unreachable`, `site_answer_unexpected`, and those of `openLogin`; the signal's own
 *   reason if that ended it
 * @see PROTOCOL.md section 8
 * @example
 * const { key } = await deviceLogin({
 *   site, applicationName: 'My bot', scopes: ['read'],
 *   onCode: ({ userCode, verificationUri }) => show(`Open ${verificationUri} and type ${userCode}`),
 * });
 */
export async function deviceLogin(options: DeviceLoginOptions): Promise<GrantedKey> {
  const { onCode, clock = systemClock, fetch, signal, headers, ...asked } = options;
  const login = await createLogin(asked);
  // From before the question: this side is never the one that believes in a code for longer.
  const askedAt = clock.now();
  const asking = { clock, fetch, signal, headers };
  const start = await ask(login, asking, async (network) =>
    processDeviceStart(await deviceStartRequest(login, network)),
  );
  const { deviceCode: _, intervalSeconds: __, ...prompt } = start;
  await onCode(prompt);
  const payload = await waitForPayload(login, start, askedAt, asking);
  return openLogin(login, payload, asked);
}

interface Asking extends HttpOptions {
  readonly clock: Clock;
}

/** One question and its answer. @throws {ValetkeyError} `site_unreachable` as well if it took too long, or broke off */
async function ask<T>(
  login: Login,
  { clock, signal, ...network }: Asking,
  question: (network: HttpOptions) => Promise<T>,
): Promise<T> {
  try {
    return await runWithin(clock, MAX_ANSWER_MS, signal, (within) =>
      question({ ...network, signal: within }),
    );
  } catch (error) {
    const { name } = error as Error;
    // Too late, or a body that broke off. What fails before an answer begins has its name already.
    if (signal?.aborted || !['TimeoutError', 'AbortError', 'TypeError'].includes(name)) throw error;
    const reason = 'no answer came in time';
    throw new ValetkeyError('site_unreachable', { site: login.url.origin, reason }, { cause: error });
  }
}

/** Asks until there is an answer; once more after the code has expired, for an approval of the last second. */
async function waitForPayload(
  login: Login,
  start: DeviceStart,
  askedAt: number,
  asking: Asking,
): Promise<string> {
  const { clock, signal } = asking;
  const deadline = askedAt + start.expiresInSeconds * 1000;
  const interval = start.intervalSeconds * 1000;
  let pause = interval;
  for (;;) {
    const askAt = clock.now() + pause;
    if (askAt > deadline + ANSWER_KEPT_MS) throw new ValetkeyError('expired_token');
    await clock.wait(pause, signal);
    const verdict = await askOnce(login, start.deviceCode, asking);
    if (verdict.kind === 'authorized') return verdict.payload;
    if (verdict.kind === 'denied') throw new ValetkeyError('access_denied');
    if (verdict.kind === 'expired') throw new ValetkeyError('expired_token');
    if (askAt >= deadline)
      throw verdict.kind === 'unreachable' ? verdict.error : new ValetkeyError('expired_token');
    pause = decidePause(verdict, pause, interval);
  }
}

type Attempt = DevicePollResult | { readonly kind: 'unreachable'; readonly error: ValetkeyError };

async function askOnce(login: Login, deviceCode: string, asking: Asking): Promise<Attempt> {
  try {
    return await ask(login, asking, async (network) =>
      processDevicePoll(await devicePollRequest(login, deviceCode, network)),
    );
  } catch (error) {
    const isUnreachable = error instanceof ValetkeyError && error.code === 'site_unreachable';
    if (isUnreachable && !asking.signal?.aborted) return { kind: 'unreachable', error };
    throw error;
  }
}

/** The interval, or more: what the site says, or twice as long after each failure (RFC 8628 section 3.5). */
function decidePause(verdict: Attempt, earlier: number, interval: number): number {
  if (verdict.kind === 'pending') return interval;
  if (verdict.kind === 'busy' && verdict.waitSeconds !== null)
    return Math.max(interval, verdict.waitSeconds * 1000);
  return Math.max(interval, Math.min(earlier * 2, MAX_BACKOFF_MS));
}
