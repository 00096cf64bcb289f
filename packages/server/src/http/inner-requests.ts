import type { CountedUse } from '../core/use-limits.ts';

/** A verified request that runs another request of the site, such as the call of a tool. */
export interface OuterRequest {
  /** The path of its resource below the base URL, such as `/mcp`. */
  readonly resource: string;
  /** The use that was counted for it. */
  readonly counted: CountedUse;
}

/** Weak, so that an entry ends with its request. A client cannot add one: it sends headers, not objects. */
const outerRequests = new WeakMap<object, OuterRequest>();

/**
 * Returns a request to one of the site’s own routes that is a part of a verified one. `authorize` verifies its key for
 * the resource of the outer request, and counts no second use. Pass this object to the site unchanged: a copy of it is
 * a request of its own.
 */
export function createInnerRequest(url: string, init: RequestInit, outer: OuterRequest): Request {
  const request = new Request(url, init);
  outerRequests.set(request, outer);
  return request;
}

/** Returns the verified request that this one is a part of; undefined for a request from outside. */
export const findOuterRequest = (request: object): OuterRequest | undefined => outerRequests.get(request);
