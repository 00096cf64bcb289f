import { Readable } from 'node:stream';
import { type Head, hasBody, type NodeRequest } from './node-request.ts';
import { readRequestBody } from './request-body.ts';

/**
 * Returns the request as a web `Request`.
 *
 * @param origin of the site
 */
export function toWebRequest(request: NodeRequest, head: Head, origin: string): Request {
  const headers = new Headers();
  for (let at = 0; at < head.rawHeaders.length; at += 2) {
    const name = head.rawHeaders[at] as string;
    if (!name.startsWith(':')) headers.append(name, head.rawHeaders[at + 1] as string);
  }
  const { method } = head;
  const url = origin + head.url;
  if (method === 'GET' || method === 'HEAD' || !hasBody(request))
    return new Request(url, { method, headers });
  return new Request(url, {
    method,
    headers,
    body: Readable.toWeb(readRequestBody(request)),
    duplex: 'half',
  } as RequestInit);
}
