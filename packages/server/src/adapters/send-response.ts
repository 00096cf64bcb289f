import type { ServerResponse } from 'node:http';

/** Sends a fetch-style response. Keeps the headers that the site has set, except those of the same name. */
export async function sendResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  // Read first: nothing is sent if the body cannot be read.
  const body = Buffer.from(await response.arrayBuffer());
  outgoing.statusCode = response.status;
  const { 'set-cookie': _, ...headers } = Object.fromEntries(response.headers);
  addHeaders(outgoing, headers);
  for (const cookie of response.headers.getSetCookie()) outgoing.appendHeader('Set-Cookie', cookie);
  outgoing.end(body);
}

/** A response whose headers can still change. */
export interface HeaderWriter {
  getHeader(name: string): unknown;
  setHeader(name: string, value: string): unknown;
}

/** Sets these headers. Adds the names in `Vary` to those that are there. */
export function addHeaders(outgoing: HeaderWriter, headers: Readonly<Record<string, string>>): void {
  for (const name in headers) {
    const value = headers[name] as string;
    outgoing.setHeader(name, isVary(name) ? joinVary(outgoing.getHeader(name), value) : value);
  }
}

/** Returns whether this is the header `Vary`. */
export const isVary = (name: string): boolean => name.length === 4 && name.toLowerCase() === 'vary';

/** Returns both lists of names as one, without repeated names. */
export function joinVary(present: unknown, added: string): string {
  if (present === undefined || present === null) return added;
  const names = `${present}, ${added}`.split(',').map((name) => name.trim());
  const isFirst = (name: string, at: number) =>
    names.findIndex((other) => other.toLowerCase() === name.toLowerCase()) === at;
  return names.filter(isFirst).join(', ');
}
