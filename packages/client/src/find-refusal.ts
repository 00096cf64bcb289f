import { ValetkeyError } from '@valetkey/protocol';
import type { Login } from './login.ts';
import type { FetchOptions } from './probe-site.ts';

/** Why a site would not even show its consent page. */
export interface RequestRefusal {
  /** The reason's code, such as `redirect_not_allowed`; null where the site (an older one) gives none. */
  readonly code: string | null;
  readonly message: string;
}

/**
 * Asks the site, before any browser is opened, whether it would take this request; null if it would. Nobody has to be
 * signed in for that: a site judges the request first (PROTOCOL.md section 2).
 *
 * @throws ValetkeyError `site_unreachable`
 */
export async function findRefusal(login: Login, options: FetchOptions = {}): Promise<RequestRefusal | null> {
  const { fetch = globalThis.fetch, signal } = options;
  const headers = { Accept: 'application/json' };
  const answer = await fetch(login.url, { headers, redirect: 'manual', ...(signal && { signal }) }).catch(
    () => {
      throw new ValetkeyError('site_unreachable', { site: login.url.origin });
    },
  );
  return readRequestRefusal(answer.status, await answer.text());
}

/** Judges the answer; sending the question is the caller's. */
export function readRequestRefusal(status: number, text: string): RequestRefusal | null {
  const body = parseObject(text);
  if (body.state === 'generic_error') {
    return {
      code: textOr(body.reason, null),
      message: textOr(body.message, 'The site refuses this request.'),
    };
  }
  // A redirect leads to the sign-in: the request itself is good. Other pages are for the person to read.
  if (status < 400 || !Array.isArray(body.errors)) return null;
  return { code: textOr(body.code, null), message: body.errors.join(' ') };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const textOr = <Fallback>(value: unknown, fallback: Fallback): string | Fallback =>
  typeof value === 'string' ? value : fallback;
