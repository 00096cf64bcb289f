import { type ClientRequest, type IncomingMessage, request as sendRequest } from 'node:http';
import { request as sendTlsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';

type Options = Dispatcher.DispatchOptions & { readonly headersTimeout?: number | null };

/**
 * Returns a dispatcher for one request with trailers, which undici cannot send. It makes a connection of its own.
 *
 * @param upstream origin of the service
 * @param readTrailers returns a flat list of names and values, after the body has ended
 */
export const createTrailerDispatcher = (
  upstream: string,
  readTrailers: () => readonly string[],
): Pick<Dispatcher, 'dispatch'> => ({
  dispatch(options, handler) {
    send(upstream, options as Options, handler, readTrailers);
    return true;
  },
});

function send(
  upstream: string,
  { method, path, headers, body, headersTimeout }: Options,
  handler: Dispatcher.DispatchHandler,
  readTrailers: () => readonly string[],
): void {
  const { protocol, hostname, port } = new URL(upstream);
  const chunked = [...(headers as string[]).filter(isKept), 'Transfer-Encoding', 'chunked'];
  const request = (protocol === 'https:' ? sendTlsRequest : sendRequest)({
    host: hostname.replace(/^\[|\]$/g, ''),
    port,
    servername: hostname,
    method,
    path,
    headers: chunked,
    agent: false,
    ...(headersTimeout && { timeout: headersTimeout }),
  });
  const controller = createController(request);
  const fail = (error: Error) => handler.onResponseError?.(controller, error);
  // The body is read from now on, so the request is not repeated, even if no connection is made.
  handler.onRequestStart?.(controller, null);
  request.on('timeout', () =>
    request.destroy(Object.assign(new Error(), { code: 'UND_ERR_HEADERS_TIMEOUT' })),
  );
  request.on('error', fail);
  request.on('response', (response) => {
    controller.response = response;
    const { statusCode = 502, rawHeaders } = response;
    Object.assign(controller, { rawHeaders });
    handler.onResponseStart?.(controller, statusCode, {}, '');
    response.on('data', (chunk) => handler.onResponseData?.(controller, chunk));
    response.on('end', () =>
      handler.onResponseEnd?.(controller, response.trailers as Record<string, string>),
    );
    response.on('error', fail);
  });
  const readable = body as Readable;
  readable.on('error', (error) => request.destroy(error));
  readable.on('end', () => {
    const trailers = readTrailers();
    request.addTrailers(
      trailers.flatMap((name, at) => (at % 2 === 0 ? [[name, trailers[at + 1] ?? '']] : [])) as never,
    );
    request.end();
  });
  readable.pipe(request, { end: false });
}

/** A request with trailers is chunked, so it has no length. */
const isKept = (_: string, at: number, headers: readonly string[]): boolean =>
  headers[at - (at % 2)]?.toLowerCase() !== 'content-length';

interface Controller extends Dispatcher.DispatchController {
  response: IncomingMessage | null;
}

function createController(request: ClientRequest): Controller {
  return {
    response: null,
    aborted: false,
    paused: false,
    reason: null,
    rawHeaders: [],
    rawTrailers: null,
    abort: (reason) => request.destroy(reason),
    pause() {
      this.response?.pause();
    },
    resume() {
      this.response?.resume();
    },
  };
}
