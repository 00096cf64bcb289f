import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { findTargetAddresses, type LookUpAll } from './find-target-addresses.ts';
import { decideOutcome, type PushOutcome, type PushProblem } from './push-outcome.ts';

/** One POST to a push URL. */
export interface PushRequest {
  readonly pushUrl: string;
  readonly deliveryId: string;
  /** Asked before connecting and once more when the connection stands, for what is true then; null if nobody is to be told. */
  readonly makeBody: () => Promise<string | null>;
  /** Ends it early; the outcome is `interrupted`. */
  readonly signal: AbortSignal;
}

/** Sends, and never rejects for what the other side does. */
export type SendPush = (request: PushRequest) => Promise<PushOutcome>;

interface PushSenderParts {
  /** Dangerous, see `PushOptions`. */
  readonly allowsPrivateAddresses: boolean;
  readonly now: () => number;
  /** For all of it: the look-up, the connection, the answer. @default 5 seconds */
  readonly deadlineMs?: number;
  readonly lookUpAll?: LookUpAll;
  /** Certificate authorities in PEM, in the place of the system's. */
  readonly ca?: string;
}

/** An answer’s body is of no interest; up to this much is read away so that its sender can end in peace. */
const MAX_ANSWER_BYTES = 65_536;

const lookUpAllBySystem: LookUpAll = (hostname) => lookup(hostname, { all: true });

const failed = (problem: PushProblem, isPermanent = false): PushOutcome => ({
  kind: 'failed',
  problem,
  isPermanent,
  retryAfterMs: null,
});

/**
 * Posts to push URLs without becoming anybody's way into the network of the site (SSRF): https only, only to public
 * addresses, to the very addresses that were checked, no redirect followed, no answer read, a deadline for the whole.
 */
export function createPushSender(parts: PushSenderParts): SendPush {
  const { allowsPrivateAddresses, now, deadlineMs = 5_000, lookUpAll = lookUpAllBySystem, ca } = parts;

  return async ({ pushUrl, deliveryId, makeBody, signal }) => {
    const url = new URL(pushUrl);
    if (url.protocol !== 'https:' && !allowsPrivateAddresses) return failed('not_https', true);
    const deadline = AbortSignal.timeout(deadlineMs);
    const ended = AbortSignal.any([signal, deadline]);
    const tooLate = (): PushOutcome => (signal.aborted ? { kind: 'interrupted' } : failed('timeout'));

    // A look-up cannot be called off, only left behind.
    const target = await Promise.race([
      findTargetAddresses(url, lookUpAll, allowsPrivateAddresses),
      whenAborted(ended),
    ]);
    if (ended.aborted || target === 'aborted') return tooLate();
    if ('problem' in target) return failed(target.problem);
    if ((await makeBody()) === null) return { kind: 'nobody' };
    if (ended.aborted) return tooLate();

    // The name stays what certificate and Host header are about; it is only never looked up again.
    const lookUpChecked: LookupFunction = (_hostname, options, callback) => {
      const [first] = target.addresses;
      if (options.all) callback(null, [...target.addresses]);
      else callback(null, first.address, first.family);
    };
    return new Promise((resolve, reject) => {
      const [send, connected] =
        url.protocol === 'https:' ? [requestHttps, 'secureConnect'] : [requestHttp, 'connect'];
      const request = send(url, {
        method: 'POST',
        agent: false,
        lookup: lookUpChecked,
        signal: ended,
        ...(ca !== undefined && { ca }),
        headers: {
          'Content-Type': 'application/json',
          Accept: 'application/json',
          'User-Agent': 'Valetkey',
          'Idempotency-Key': `"${deliveryId}"`,
        },
      });
      // Once there is a status, that is the outcome, however the rest of the answer ends.
      let outcome: PushOutcome | null = null;
      request.on('response', (response) => {
        outcome = decideOutcome(response.statusCode ?? 0, response.headers['retry-after'] ?? null, now());
        let received = 0;
        response.on('data', (chunk: Buffer) => {
          received += chunk.length;
          if (received > MAX_ANSWER_BYTES) request.destroy();
        });
        response.on('error', () => {});
      });
      request.on('error', () => {});
      request.on('close', () => resolve(outcome ?? (ended.aborted ? tooLate() : failed('unreachable'))));
      // A receiver that is slow to shake hands hears what is true when it has, and of a key that died meanwhile nothing.
      request.on('socket', (socket) => socket.once(connected, () => writeBody().catch(giveUp)));

      async function writeBody(): Promise<void> {
        const body = await makeBody();
        if (body !== null) {
          request.setHeader('Content-Length', Buffer.byteLength(body)).end(body);
          return;
        }
        outcome = { kind: 'nobody' };
        request.destroy();
      }
      function giveUp(error: unknown): void {
        reject(error);
        request.destroy();
      }
    });
  };
}

function whenAborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
}
