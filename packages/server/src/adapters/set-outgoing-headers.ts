import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { isVary, joinVary } from './send-response.ts';

/**
 * Sets these headers on a response whose other headers a framework passes to `writeHead`. The framework would replace
 * `Vary`, so the names of both are joined then. To change the headers object of the framework instead takes 2 µs more
 * on Hono (bench/http.ts).
 */
export function setOutgoingHeaders(
  outgoing: ServerResponse,
  headers: Readonly<Record<string, string>>,
): void {
  for (const name in headers) {
    outgoing.setHeader(name, headers[name] as string);
    if (isVary(name)) outgoing.writeHead = writeHeadWithVary;
  }
}

/** The headers as `writeHead` accepts them: by name, or names and values in turn. */
type GivenHeaders = OutgoingHttpHeaders | OutgoingHttpHeader[];

function writeHeadWithVary(this: ServerResponse, status: number, ...rest: unknown[]): ServerResponse {
  const headers = rest.at(-1) as GivenHeaders | string | undefined;
  const joined = typeof headers === 'object' ? [...rest.slice(0, -1), joinVaryOf(headers, this)] : rest;
  return Object.getPrototypeOf(this).writeHead.call(this, status, ...joined);
}

function joinVaryOf(headers: GivenHeaders, outgoing: ServerResponse): GivenHeaders {
  const present = outgoing.getHeader('Vary');
  if (Array.isArray(headers)) {
    return headers.map((value, at) =>
      at % 2 === 1 && isVary(String(headers[at - 1])) ? joinVary(present, String(value)) : value,
    );
  }
  for (const name in headers) {
    if (isVary(name)) return { ...headers, [name]: joinVary(present, String(headers[name])) };
  }
  return headers;
}
