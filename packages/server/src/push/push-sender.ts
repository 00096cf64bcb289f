import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { findTargetAddresses, type ResolveHost } from './find-target-addresses.ts';
import { decideOutcome, type PushOutcome, type PushProblem } from './push-outcome.ts';

/** One POST to a push URL. */
export interface PushRequest {
  readonly pushUrl: string;
  readonly deliveryId: string;
  /**
   * Called before connecting, and again when the connection is established, to use the current state. Null if no key
   * receives the push.
   */
  readonly makeBody: () => Promise<string | null>;
  /** Aborts the attempt; the outcome is `interrupted`. */
  readonly signal: AbortSignal;
}

/** Sends a push. Never rejects because of the receiver. */
export type SendPush = (request: PushRequest) => Promise<PushOutcome>;

interface PushSenderParts {
  /** Dangerous, see `PushOptions`. */
  readonly allowsPrivateAddresses: boolean;
  readonly now: () => number;
  /** Deadline in milliseconds for DNS, connection and response. @default 5 seconds */
  readonly deadlineMs?: number;
  readonly resolveHost?: ResolveHost;
  /** Certificate authorities in PEM that replace the system’s. */
  readonly ca?: string;
}

/** The body of a response is ignored; up to this much is read, so that the receiver can finish sending. */
const MAX_ANSWER_BYTES = 65_536;

const resolveHostBySystem: ResolveHost = (hostname) => lookup(hostname, { all: true });

const failed = (problem: PushProblem, isPermanent = false): PushOutcome => ({
  kind: 'failed',
  problem,
  isPermanent,
  retryAfterMs: null,
});

/**
 * Creates a sender for push URLs that prevents requests into the site’s own network (SSRF). It requires https and
 * public IP addresses, and connects only to the addresses that were checked. It follows no redirects, ignores
 * response bodies, and has one deadline for everything.
 */
export function createPushSender(parts: PushSenderParts): SendPush {
  const { allowsPrivateAddresses, now, deadlineMs = 5_000, resolveHost = resolveHostBySystem, ca } = parts;

  return async ({ pushUrl, deliveryId, makeBody, signal }) => {
    const url = new URL(pushUrl);
    if (url.protocol !== 'https:' && !allowsPrivateAddresses) return failed('not_https', true);
    const deadline = AbortSignal.timeout(deadlineMs);
    const ended = AbortSignal.any([signal, deadline]);
    const tooLate = (): PushOutcome => (signal.aborted ? { kind: 'interrupted' } : failed('timeout'));

    // A DNS query cannot be cancelled, only abandoned.
    const target = await Promise.race([
      findTargetAddresses(url, resolveHost, allowsPrivateAddresses),
      whenAborted(ended),
    ]);
    if (ended.aborted || target === 'aborted') return tooLate();
    if ('problem' in target) return failed(target.problem);
    if ((await makeBody()) === null) return { kind: 'nobody' };
    if (ended.aborted) return tooLate();

    // Certificate and Host header use the name, but it is not resolved again.
    const lookupChecked: LookupFunction = (_hostname, options, callback) => {
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
        lookup: lookupChecked,
        signal: ended,
        ...(ca !== undefined && { ca }),
        headers: {
          'Content-Type': 'application/json',
          Accept: 'application/json',
          'User-Agent': 'Valetkey',
          'Idempotency-Key': `"${deliveryId}"`,
        },
      });
      // The status decides the outcome, even if the connection fails later.
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
      // Build the body after the TLS handshake, so that keys revoked in the meantime are left out.
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
