import { randomBytes } from 'node:crypto';
import type { NodeRequest } from '../http/node-request.ts';

/** The cookie that identifies a browser on Valetkey's pages, and the header that sets it. */
export interface Visitor {
  readonly id: string;
  /** The header `Set-Cookie`; null if the browser has the cookie. */
  readonly setCookie: string | null;
}

/** What the gateway learned of the visitor before it serves a page. */
export interface VisitorRequest {
  readonly request: NodeRequest;
  /** Identifies the browser. */
  readonly visitor: string;
}

const FORM = /^[\w-]{43}$/;

/**
 * Returns the visitor of a request. Forms are bound to this cookie and the account, because the service's own cookies
 * may change between two requests. Over https, no other host can set it (prefix `__Host-`).
 */
export function readVisitor(cookies: string | undefined, isHttps: boolean): Visitor {
  const name = isHttps ? '__Host-valetkey_visitor' : 'valetkey_visitor';
  for (const pair of (cookies ?? '').split(';')) {
    const [key, value = ''] = pair.trim().split('=');
    if (key === name && FORM.test(value)) return { id: value, setCookie: null };
  }
  const id = randomBytes(32).toString('base64url');
  const secure = isHttps ? '; Secure' : '';
  return { id, setCookie: `${name}=${id}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000${secure}` };
}
