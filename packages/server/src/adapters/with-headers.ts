import { joinVary } from './send-response.ts';

/** Sets these headers on this response, or on a copy if its headers are immutable. Adds the names in `Vary`. */
export function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  try {
    for (const name in headers) setHeader(response.headers, name, headers[name] as string);
    return response;
  } catch {
    // The headers of `Response.redirect` and of fetched responses are immutable.
    const copy = new Response(response.body, response);
    for (const name in headers) setHeader(copy.headers, name, headers[name] as string);
    return copy;
  }
}

function setHeader(headers: Headers, name: string, value: string): void {
  headers.set(name, name === 'Vary' ? joinVary(headers.get(name), value) : value);
}
