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

export interface ForwardTimeouts {
  readonly headersMs: number;
  readonly idleMs: number;
}

/** How a forwarded request ended: `complete`, cut off after its headers, or failed before any response. */
export type ForwardOutcome =
  | { readonly kind: 'complete' | 'cut_off' | 'client_gone'; readonly status: number }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

const CONNECT_ATTEMPTS = 3;
const RETRY_MS = 100;

/**
 * Sends a request to the service and streams its response, with backpressure in both directions. The request is sent
 * at most once: it is repeated only if no connection was made, so that nothing of it was sent.
 *
 * @param onAbortable receives the function that ends the response before it is complete
 */
export async function forwardRequest(
  request: ForwardedRequest,
  to: NodeResponse,
  dispatcher: Dispatcher,
  {
    timeouts,
    onAbortable,
  }: { timeouts: ForwardTimeouts; onAbortable: (abort: (reason: Error) => void) => void },
): Promise<ForwardOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const { outcome, wasSent } = await send(request, to, dispatcher, { timeouts, onAbortable });
    const mayRetry = outcome.kind === 'failed' && !wasSent && attempt < CONNECT_ATTEMPTS && !to.destroyed;
    if (!mayRetry) return outcome;
    await new Promise<void>((resolve) => void setTimeout(resolve, RETRY_MS));
  }
}

function send(
  { method, path, headers, body, hasKey, added }: ForwardedRequest,
  to: NodeResponse,
  dispatcher: Dispatcher,
  {
    timeouts,
    onAbortable,
  }: { timeouts: ForwardTimeouts; onAbortable: (abort: (reason: Error) => void) => void },
): Promise<{ outcome: ForwardOutcome; wasSent: boolean }> {
  return new Promise((resolve) => {
    let wasSent = false;
    let status = 0;
    const finish = (outcome: ForwardOutcome) => {
      to.off('close', onClose);
      resolve({ outcome, wasSent });
    };
    let abort: (reason: Error) => void = () => {};
    const onClose = () => abort(new Error('The client closed the connection.'));
    to.on('close', onClose);
    dispatcher.dispatch(
      {
        method: method as Dispatcher.HttpMethod,
        path,
        headers,
        body,
        headersTimeout: timeouts.headersMs,
        bodyTimeout: timeouts.idleMs,
      },
      {
        onRequestStart(controller) {
          wasSent = true;
          abort = (reason) => controller.abort(reason);
          onAbortable(abort);
          if (to.destroyed) onClose();
        },
        onResponseStart(controller, statusCode) {
          // Interim responses: the gateway answers `Expect` itself.
          if (statusCode < 200) return;
          status = statusCode;
          const returned = buildReturnedHeaders((controller.rawHeaders ?? []) as string[], hasKey);
          to.writeHead(statusCode, withHeaders(returned, added));
          to.on('drain', () => controller.resume());
        },
        onResponseData(controller, chunk) {
          if (!to.write(chunk)) controller.pause();
        },
        onResponseEnd(_, trailers) {
          if (Object.keys(trailers).length > 0) to.addTrailers(trailers);
          to.end();
          finish({ kind: 'complete', status });
        },
        onResponseError(_, error) {
          if (status === 0) return finish(to.destroyed ? { kind: 'client_gone', status } : toFailure(error));
          // The response cannot be completed; the client must not take it for complete.
          const kind = to.destroyed ? 'client_gone' : 'cut_off';
          to.destroy();
          finish({ kind, status });
        },
      },
    );
  });
}

function toFailure(error: Error & { code?: string }): ForwardOutcome {
  if (error instanceof BodyTooLarge) return { kind: 'failed', code: 'body_too_large' };
  const isSlow = error.code === 'UND_ERR_HEADERS_TIMEOUT' || error.code === 'UND_ERR_BODY_TIMEOUT';
  return { kind: 'failed', code: isSlow ? 'upstream_timeout' : 'upstream_unavailable' };
}

/** Replaces headers of the same name. */
function withHeaders(headers: string[], added: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(added).map((name) => name.toLowerCase());
  if (names.length === 0) return headers;
  const kept: string[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    const lower = (headers[at] as string).toLowerCase();
    if (!names.includes(lower) || lower === 'vary')
      kept.push(headers[at] as string, headers[at + 1] as string);
  }
  for (const [name, value] of Object.entries(added)) kept.push(name, value);
  return kept;
}
