import type { Http2ServerRequest } from 'node:http2';
import { type Readable, Transform } from 'node:stream';
import { hasBody, type NodeRequest, type NodeResponse } from './node-request.ts';

/**
 * Closes a request whose body is not complete in time.
 *
 * @param ms 0 for any time
 */
export function endSlowBody(request: NodeRequest, response: NodeResponse, ms: number): void {
  if (ms === 0 || !hasBody(request)) return;
  const timer = setTimeout(() => response.destroy(), ms);
  const stop = () => clearTimeout(timer);
  request.once('end', stop);
  response.once('close', stop);
}

/**
 * Returns the body of a request. It fails if the client cancels the request: Node ends the body of a cancelled stream of
 * HTTP/2 as if it was complete, and the service would store the part that had arrived.
 */
export function readRequestBody(request: NodeRequest): Readable {
  if (request.httpVersionMajor !== 2) return request;
  const { stream } = request as unknown as Http2ServerRequest;
  const checked = new Transform({
    transform: (chunk, _, done) => done(null, chunk),
    flush(done) {
      const isCutOff = stream.aborted || stream.rstCode !== 0;
      done(isCutOff ? new Error('The client cancelled the request.') : null);
    },
  });
  request.on('error', (error) => checked.destroy(error));
  return request.pipe(checked);
}
