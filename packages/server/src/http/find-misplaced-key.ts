import { ValetkeyError } from '@valetkey/protocol';
import type { ReasonCode } from '@valetkey/protocol/messages';
import { isPromise, type MaybePromise } from '../core/maybe-promise.ts';
import { isRefusal, type Refusal, refuse } from '../core/refusal.ts';
import { recognizeUserKey } from '../verify/recognize-key.ts';
import type { Verifier } from '../verify/verifier.ts';
import { acceptsBasic, readBasic } from './read-basic-key.ts';
import { queryOf, type RequestHead } from './request-head.ts';

/** A text with the form of a user API key, and the details of a refusal that names its place. */
interface MisplacedKey {
  readonly key: string;
  readonly details: { readonly reason: ReasonCode; readonly header?: string };
}

/** Headers in which other APIs expect a key, in lower case. */
const HEADERS = [
  'x-api-key',
  'x-user-api-key',
  'x-api-token',
  'x-auth-key',
  'x-auth-token',
  'x-access-token',
  'x-authorization',
  'apikey',
  'api_key',
  'user_api_key',
  'access-token',
  'auth-token',
  'token',
];
/** `<key>`, `<scheme> <key>` or `<scheme> <name>="<key>"`. */
const OTHER_SCHEME = /^\s*(?:[\w-]+[ :]+)?(?:\w+=)?"?([0-9a-f]{32})"?\s*$/i;
const NAME_OF_KEY = /key|token/i;
const KEY_LENGTH = 32;

/**
 * Returns the refusal of an active user API key that was sent where the site accepts none; null if there is no such
 * key. Call it only for a request without a key. Counts no use. It loads at most one key, as `User-Api-Key` does, and
 * only for a text with the form of a key. If the store fails, there is no such key: a request without a key needs
 * no store (PROTOCOL.md#misplaced-keys).
 */
export function findMisplacedKey(request: RequestHead, verifier: Verifier): MaybePromise<Refusal | null> {
  const found = readAuthorization(request) ?? readOtherHeaders(request) ?? readQuery(request);
  if (found === null) return null;
  const state = verifier.loadKeyState({ kind: 'user_key', key: found.key });
  const decide = (loaded: object) => (isRefusal(loaded) ? null : refuse('key_in_wrong_place', found.details));
  if (!isPromise(state)) return decide(state);
  return state.then(decide, (error: unknown) => {
    if (error instanceof ValetkeyError) return null;
    throw error;
  });
}

function readAuthorization(request: RequestHead): MisplacedKey | null {
  const authorization = request.headers.get('authorization');
  if (authorization === null) return null;
  const basic = readBasic(authorization);
  if (basic === null) {
    return misplaced(OTHER_SCHEME.exec(authorization)?.[1], { reason: 'key_in_other_scheme' });
  }
  return (
    misplaced(acceptsBasic(request) ? null : basic.password, { reason: 'key_as_basic_password' }) ??
    misplaced(basic.user, { reason: 'key_as_basic_user' })
  );
}

function readOtherHeaders({ headers }: RequestHead): MisplacedKey | null {
  for (const name of HEADERS) {
    const found = misplaced(headers.get(name), { reason: 'key_in_other_header', header: name });
    if (found) return found;
  }
  return null;
}

/** Returns one parameter, with the name of a key if there is one: the site loads one key at most. */
function readQuery({ url }: RequestHead): MisplacedKey | null {
  const query = queryOf(url);
  if (query.length < KEY_LENGTH) return null;
  const keys = [...new URLSearchParams(query)].filter(([, value]) => isKey(value.trim()));
  const [, key] = keys.find(([name]) => NAME_OF_KEY.test(name)) ?? keys[0] ?? [];
  return misplaced(key, { reason: 'key_in_query' });
}

/** Returns the text as a misplaced key if it has the form of a key. */
function misplaced(text: string | null | undefined, details: MisplacedKey['details']): MisplacedKey | null {
  const key = text?.trim() ?? '';
  return isKey(key) ? { key, details } : null;
}

const isKey = (text: string): boolean => recognizeUserKey(text) === null;
