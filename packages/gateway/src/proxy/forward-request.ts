import type { Readable } from 'node:stream';
import type { ErrorCode } from '@valetkey/protocol';
import type { Dispatcher } from 'undici';
import type { NodeResponse } from '../http/node-request.ts';
import { buildReturnedHeaders } from './forwarded-request.ts';
import { BodyTooLarge } from './limit-body.ts';

/** A request to the service. */
export interface ForwardedRequest {
  readonly method: string;
  /** Path and query, as received but without a key. */
  readonly path: string;
  /** A flat list of names and values. */
  readonly headers: string[];
  readonly body: Readable | null;
  readonly hasKey: boolean;
  /** Headers that replace those of the service, such as the remaining limits. */
  readonly added: Readonly<Record<string, string>>;
}

/** How a forwarded request ended: `complete`, cut off after its headers, or failed before any response. */
export type ForwardOutcome =
  | { readonly kind: 'complete' | 'cut_off' | 'client_gone' }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

export interface ForwardOptions {
  readonly dispatcher: Pick<Dispatcher, 'dispatch'>;
  readonly timeouts: { readonly headersMs: number; readonly idleMs: number };
  /** Called once. */
  readonly onEnd: (outcome: ForwardOutcome) => void;
}

const CONNECT_ATTEMPTS = 3;
const RETRY_MS = 100;
const COMPLETE: ForwardOutcome = { kind: 'complete' };

/**
 * Sends a request to the service and streams its response, with backpressure in both directions. The request is sent
 * at most once: it is repeated only if no connection was made, so that nothing of it was sent.
 *
 * @returns the function that ends the response before it is complete
 */
export function forwardRequest(
  request: ForwardedRequest,
  to: NodeResponse,
  options: ForwardOptions,
): (reason: Error) => void {
  const forwarding = new Forwarding(request, to, options);
  forwarding.send();
  return forwarding.abort;
}

/** One class instead of closures: this runs for each request. */
class Forwarding implements Dispatcher.DispatchHandler {
  readonly #request: ForwardedRequest;
  readonly #to: NodeResponse;
  readonly #options: ForwardOptions;
  #controller: Dispatcher.DispatchController | null = null;
  #attempts = 0;
  #hasStarted = false;
  #hasEnded = false;
  /** Runs while the request waits for a connection to the service, or its response for the client. */
  #timer: NodeJS.Timeout | undefined;

  constructor(request: ForwardedRequest, to: NodeResponse, options: ForwardOptions) {
    this.#request = request;
    this.#to = to;
    this.#options = options;
    to.on('close', this.#onClose);
  }

  send(): void {
    const { method, path, headers, body } = this.#request;
    const { headersMs: headersTimeout, idleMs: bodyTimeout } = this.#options.timeouts;
    this.#attempts += 1;
    this.#options.dispatcher.dispatch(
      { method: method as Dispatcher.HttpMethod, path, headers, body, headersTimeout, bodyTimeout },
      this,
    );
    const isQueued = this.#controller === null && !this.#hasEnded;
    if (isQueued && headersTimeout > 0) this.#timer = setTimeout(this.#onQueued, headersTimeout);
  }

  readonly abort = (reason: Error): void => this.#controller?.abort(reason);

  /** All connections to the service are in use. */
  readonly #onQueued = (): void => {
    if (this.#controller === null) this.#end({ kind: 'failed', code: 'upstream_timeout' });
  };

  readonly #onClose = (): void => this.abort(new Error('The client closed the connection.'));

  #end(outcome: ForwardOutcome): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#timer);
    this.#to.off('close', this.#onClose);
    this.#options.onEnd(outcome);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    clearTimeout(this.#timer);
    this.#controller = controller;
    if (this.#hasEnded || this.#to.destroyed) this.#onClose();
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    // Interim responses: the gateway answers `Expect` itself.
    if (status < 200) return;
    this.#hasStarted = true;
    const { hasKey, added } = this.#request;
    const raw = (controller.rawHeaders ?? []) as (string | Buffer)[];
    this.#to.writeHead(status, buildReturnedHeaders(raw, { hasKey, added }));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#to.write(chunk)) return;
    controller.pause();
    const { idleMs } = this.#options.timeouts;
    // Other traffic of a connection over HTTP/2 would hide that this response is not read.
    if (idleMs > 0) this.#timer = setTimeout(this.abort, idleMs, new Error('The client does not read.'));
    this.#to.once('drain', () => {
      clearTimeout(this.#timer);
      controller.resume();
    });
  }

  onResponseEnd(_: Dispatcher.DispatchController, trailers: Record<string, string | string[]>): void {
    for (const _name in trailers) {
      this.#to.addTrailers(trailers as Record<string, string>);
      break;
    }
    this.#to.end();
    this.#end(COMPLETE);
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    // It waited too long for a connection, and the client has its response: it must no longer be sent.
    if (this.#hasEnded) return;
    clearTimeout(this.#timer);
    if (this.#hasStarted) {
      this.#cutOff();
      return;
    }
    // Without a connection, nothing was sent.
    const mayRetry = this.#controller === null && this.#attempts < CONNECT_ATTEMPTS && !this.#to.destroyed;
    if (mayRetry) setTimeout(() => this.send(), RETRY_MS);
    else this.#end(this.#to.destroyed ? { kind: 'client_gone' } : toFailure(error));
  }

  /** The response cannot be completed; the client must not take it for complete. */
  #cutOff(): void {
    const kind = this.#to.destroyed ? 'client_gone' : 'cut_off';
    this.#to.destroy();
    this.#end({ kind });
  }
}

function toFailure(error: Error & { code?: string }): ForwardOutcome {
  if (error instanceof BodyTooLarge) return { kind: 'failed', code: 'body_too_large' };
  const isSlow = error.code === 'UND_ERR_HEADERS_TIMEOUT' || error.code === 'UND_ERR_BODY_TIMEOUT';
  return { kind: 'failed', code: isSlow ? 'upstream_timeout' : 'upstream_unavailable' };
}
