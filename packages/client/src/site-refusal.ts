import { membersOf, readJson, textOf } from './read-json.ts';
import type { SiteRequest } from './send-request.ts';
import { buildRequestWithKey, type KeyHolder } from './send-with-key.ts';

/** What a refusal is made of. Sentences are the site's own text: neutralise them before you show them. */
export interface SiteRefusalParts {
  /** HTTP status. */
  readonly status: number;
  /** The catalogue's code; null from sites that send none, as Discourse. */
  readonly code: string | null;
  /** Discourse's word, such as `invalid_access`; null if the answer was not of this protocol. */
  readonly errorType: string | null;
  /** What the site said, sentence by sentence. */
  readonly errors: readonly string[];
  /** What to do next; empty if the sentences say so already. */
  readonly advice: string;
  /** How long to wait before the next request, in seconds; null unless the site told. */
  readonly waitSeconds: number | null;
  /** Which limit was met, as `Discourse-Rate-Limit-Error-Code` says, such as `user_api_key_limiter_1_day`. */
  readonly limitCode?: string | null;
  /** Whether the key itself has ended, so that only a new login helps; null if the site does not tell. */
  readonly isKeyInactive?: boolean | null;
}

/** A site said no. The message is what it said and what to do next. */
export class SiteRefusal extends Error implements SiteRefusalParts {
  override readonly name = 'SiteRefusal';
  declare readonly status: number;
  declare readonly code: string | null;
  declare readonly errorType: string | null;
  declare readonly errors: readonly string[];
  declare readonly advice: string;
  declare readonly waitSeconds: number | null;
  declare readonly limitCode: string | null;
  declare readonly isKeyInactive: boolean | null;

  constructor(parts: SiteRefusalParts) {
    super([...parts.errors, parts.advice].join(' ').trim());
    Object.assign(this, { limitCode: null, isKeyInactive: null }, parts);
  }
}

/**
 * Reads an error answer of Valetkey, of Discourse, or of whatever stands in between, whatever its shape.
 *
 * @see PROTOCOL.md, Conventions
 * @example if (!response.ok) throw await readSiteRefusal(response);
 */
export async function readSiteRefusal(response: Response): Promise<SiteRefusal> {
  const { status, headers } = response;
  const isPage = headers.get('content-type')?.includes('text/html') ?? false;
  const body = await readJson(response);
  const { errors, error, code: codeField, error_type, advice, extras } = membersOf(body);
  const told = [body, errors, [error]].find(Array.isArray)?.filter((text) => textOf(text) !== null) ?? [];
  const code = textOf(codeField);
  return new SiteRefusal({
    status,
    code,
    errorType: textOf(error_type),
    errors:
      told.length > 0 ? told.slice(0, 10) : [`The site answered ${status}${isPage ? ' with a page' : ''}.`],
    advice: textOf(advice) ?? adviceFor(status, isPage),
    waitSeconds: secondsOf(membersOf(extras).wait_seconds) ?? secondsOf(headers.get('retry-after')),
    limitCode: textOf(headers.get('discourse-rate-limit-error-code')),
    isKeyInactive: code === null ? null : INACTIVE_KEY_CODES.includes(code),
  });
}

/** A key's own revocation, for any HTTP client. Follow no redirect with it. @see PROTOCOL.md section 6 */
export function buildRevoke(holder: KeyHolder): SiteRequest {
  return buildRequestWithKey(holder, '/user-api-key/revoke', 'POST');
}

/**
 * Judges the answer to a key's own revocation.
 *
 * @returns `already_inactive` if the site knew the key no more. Only the site's own word counts for that: a bot check
 * that answers 403 says nothing about the key.
 * @throws {SiteRefusal}
 * @see PROTOCOL.md section 6
 */
export async function processRevokeResponse(answer: Response): Promise<'revoked' | 'already_inactive'> {
  if (answer.ok) return 'revoked';
  const refusal = await readSiteRefusal(answer);
  const { code, errorType, isKeyInactive } = refusal;
  // Discourse has no codes; but a key may always revoke itself, so being refused means that it is gone.
  const isDead =
    code === null
      ? ['invalid_access', 'not_found'].includes(errorType ?? '')
      : isKeyInactive || code === 'key_not_found';
  if (isDead) return 'already_inactive';
  throw refusal;
}

const INACTIVE_KEY_CODES: readonly string[] = ['key_unknown', 'key_revoked', 'key_expired'];

function adviceFor(status: number, isPage: boolean): string {
  if (isPage && [401, 403, 503].includes(status)) {
    return 'A bot check or a password may stand in front of the site: ask its admins to let apps through.';
  }
  if (status >= 500) return 'Try again later, and tell the admins of the site if it stays so.';
  return ADVICE[status] ?? 'Check the address and what was sent.';
}

const ADVICE: Readonly<Record<number, string>> = {
  401: 'Ask the person for a new key.',
  403: 'The key may be revoked or expired, or its scopes do not reach this; a new login helps.',
  404: 'Check the address; some sites say so too of what this person may not see.',
  422: 'Correct what was sent.',
  429: 'Wait before the next request.',
};

const secondsOf = (value: unknown): number | null => (/^\d{1,9}$/.test(String(value)) ? Number(value) : null);
