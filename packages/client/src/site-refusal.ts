import { membersOf, readJson, textOf } from './read-json.ts';
import type { SiteRequest } from './send-request.ts';
import { buildRequestWithKey, type KeyHolder } from './send-with-key.ts';

/** The parts of a refusal. The sentences are text of the site: escape them before you display them. */
export interface SiteRefusalParts {
  /** HTTP status. */
  readonly status: number;
  /** Code of the error catalogue; null from sites without codes, such as Discourse. */
  readonly code: string | null;
  /** Value of `error_type`, such as `invalid_access`; null if the response does not follow the protocol. */
  readonly errorType: string | null;
  /** The sentences of the site. */
  readonly errors: readonly string[];
  /** What to do next; empty if the sentences already say so. */
  readonly advice: string;
  /** How long to wait before the next request, in seconds; null if the site does not tell. */
  readonly waitSeconds: number | null;
  /** The limit that was reached, from `Discourse-Rate-Limit-Error-Code`, such as `user_api_key_limiter_1_day`. */
  readonly limitCode?: string | null;
  /** Whether the key is revoked or expired, so that only a new login helps; null if the site does not tell. */
  readonly isKeyInactive?: boolean | null;
  /** The scopes that allow the request, each alone; null if the site does not tell. Empty if no scope allows it. */
  readonly requiredScopes?: readonly string[] | null;
}

/** A site rejected a request. The message contains its sentences and what to do next. */
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
  declare readonly requiredScopes: readonly string[] | null;

  constructor(parts: SiteRefusalParts) {
    super([...parts.errors, parts.advice].join(' ').trim());
    Object.assign(this, { limitCode: null, isKeyInactive: null, requiredScopes: null }, parts);
  }
}

/**
 * Parses an error response of Valetkey, Discourse, another web framework, or a proxy in front of them.
 *
 * @param now in milliseconds since 1970, for a `Retry-After` date in a response without `Date`
 * @see PROTOCOL.md#errors
 * @example if (!response.ok) throw await readSiteRefusal(response);
 */
export async function readSiteRefusal(response: Response, now = Date.now()): Promise<SiteRefusal> {
  const { status, headers } = response;
  const isPage = headers.get('content-type')?.includes('text/html') ?? false;
  const body = await readJson(response);
  const { code: codeField, error_type, advice, extras, required_scopes: scopes } = membersOf(body);
  const reasons = await readReasons(body);
  const code = textOf(codeField);
  return new SiteRefusal({
    status,
    code,
    errorType: textOf(error_type),
    errors:
      reasons.length > 0
        ? reasons
        : [`The site responded with status ${status}${isPage ? ' and a page' : ''}.`],
    advice: textOf(advice) ?? adviceFor(status, isPage),
    waitSeconds: secondsOf(membersOf(extras).wait_seconds) ?? (await readRetryAfter(headers, now)),
    limitCode: textOf(headers.get('discourse-rate-limit-error-code')),
    isKeyInactive: code === null ? null : INACTIVE_KEY_CODES.includes(code),
    requiredScopes: Array.isArray(scopes) ? scopes.map(String) : null,
  });
}

/** Other shapes than the array of Valetkey and Discourse are rare, so their code is loaded on demand. */
async function readReasons(body: unknown): Promise<readonly string[]> {
  const { errors } = membersOf(body);
  const texts = Array.isArray(errors) ? errors.filter((text) => textOf(text) !== null) : [];
  if (texts.length > 0) return texts.slice(0, 10);
  return import('./refusal-reasons.ts').then(({ findReasons }) => findReasons(body)).catch(() => []);
}

async function readRetryAfter(headers: Headers, now: number): Promise<number | null> {
  const value = headers.get('retry-after');
  if (value === null || /^\d+$/.test(value)) return secondsOf(value);
  return import('./retry-after.ts')
    .then(({ readRetryDate }) => readRetryDate(value, headers.get('date'), now))
    .catch(() => null);
}

/**
 * Builds a request with which a key revokes itself, for any HTTP client. Do not follow redirects with it.
 *
 * @see PROTOCOL.md#revoke
 */
export function buildRevoke(holder: KeyHolder): SiteRequest {
  return buildRequestWithKey(holder, '/user-api-key/revoke', 'POST');
}

/**
 * Parses the response to the revocation of a key.
 *
 * @returns `already_inactive` if the site no longer accepts the key. Only responses of the site itself count: a 403
 *   of a bot check proves nothing about the key.
 * @throws {SiteRefusal}
 * @see PROTOCOL.md#revoke
 */
export async function processRevokeResponse(answer: Response): Promise<'revoked' | 'already_inactive'> {
  if (answer.ok) return 'revoked';
  const refusal = await readSiteRefusal(answer);
  const { code, errorType, isKeyInactive } = refusal;
  // Discourse has no codes. A key may always revoke itself, so a refusal means that it is inactive.
  const isInactive =
    code === null
      ? ['invalid_access', 'not_found'].includes(errorType ?? '')
      : isKeyInactive || code === 'key_not_found';
  if (isInactive) return 'already_inactive';
  throw refusal;
}

const INACTIVE_KEY_CODES: readonly string[] = ['key_unknown', 'key_revoked', 'key_expired'];

function adviceFor(status: number, isPage: boolean): string {
  if (isPage && [401, 403, 503].includes(status)) {
    return 'A bot check or password prompt may block apps: ask the admins of the site to let them through.';
  }
  if (status >= 500) return 'Try again later, and report it to the admins of the site if it persists.';
  return ADVICE[status] ?? 'Check the URL and the parameters.';
}

const ADVICE: Readonly<Record<number, string>> = {
  401: 'Ask the user for a new key.',
  403: 'The key may be revoked, expired or without the required scope; log in again.',
  404: 'Check the URL; some sites also respond like this if the user lacks permission.',
  422: 'Correct the parameters.',
  429: 'Wait before the next request.',
};

const secondsOf = (value: unknown): number | null => (/^\d{1,9}$/.test(String(value)) ? Number(value) : null);
