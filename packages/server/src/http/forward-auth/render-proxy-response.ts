import { describeIdentity, type Identity, NO_IDENTITY } from '../identity-headers.ts';
import type { ForwardDecision } from './decide-forwarded.ts';

/** The bytes of headers that nginx accepts from an upstream by default, less those of all others. */
const MAX_BODY_BYTES = 2_000;
const NO_STORE = { 'cache-control': 'no-store' };

/** A response to a proxy, as data. */
export interface ProxyResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Returns the response for a request that may reach the service: no body, and every identity header. */
export function renderAllowed(
  decision: Exclude<ForwardDecision, { kind: 'refused' }>,
  jwt: string,
  cors: Readonly<Record<string, string>>,
): ProxyResponse {
  const identity: Identity =
    decision.kind === 'key' ? describeIdentity(decision.principal, jwt) : NO_IDENTITY;
  const limits = decision.kind === 'key' ? decision.headers : {};
  return { status: 204, headers: { ...limits, ...cors, ...identity, ...NO_STORE }, body: '' };
}

/** Returns a refusal for proxies that send it to the client as it is. */
export const renderRefused = async (
  response: Response,
  added: Readonly<Record<string, string>>,
): Promise<ProxyResponse> => ({
  status: response.status,
  headers: { ...Object.fromEntries(response.headers), ...added, ...NO_STORE },
  body: await response.text(),
});

/**
 * Returns a refusal for nginx, which accepts only 403 from `auth_request` and reads no body: the response for the
 * client is in headers, in ASCII and short enough for its buffer.
 */
export async function wrapRefused(
  response: Response,
  added: Readonly<Record<string, string>>,
): Promise<ProxyResponse> {
  const {
    'content-type': _,
    'retry-after': retryAfter = '',
    ...headers
  } = Object.fromEntries(response.headers) as Record<string, string>;
  return {
    status: 403,
    headers: {
      ...headers,
      ...added,
      ...NO_STORE,
      'Content-Length': '0',
      'X-Valetkey-Status': String(response.status),
      'X-Valetkey-Retry-After': retryAfter,
      'X-Valetkey-Body': shorten((await response.json()) as Record<string, unknown>),
    },
    body: '',
  };
}

/** Returns the JSON in ASCII. Without details if it is too long, and without sentences if it is still too long. */
function shorten(body: Record<string, unknown>): string {
  const { errors, error_type, code, advice } = body;
  const full = toAscii(body);
  if (full.length <= MAX_BODY_BYTES) return full;
  const plain = toAscii({ errors, error_type, code, advice });
  return plain.length <= MAX_BODY_BYTES ? plain : toAscii({ errors: [code], error_type, code });
}

const toAscii = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
