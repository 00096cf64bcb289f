import { isIP } from 'node:net';
import { parseRedirectPatterns, ValetkeyError } from '@valetkey/protocol';
import type { ReasonCode } from '@valetkey/protocol/messages';
import { InvalidValue } from '../reason.ts';
import { isName } from '../scopes/scope-names.ts';

const reject = (reason: ReasonCode, item: string): never => {
  throw new InvalidValue({ reason, item });
};

/** Checks a name, such as that of a scope or a group. @throws InvalidValue */
export function checkWord(item: string): void {
  if (!isName(item)) reject('item_not_name', item);
}

/** Checks an absolute http or https URL without credentials. @throws InvalidValue */
export function checkPushUrl(item: string): void {
  const url = URL.parse(item);
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') reject('item_not_http', item);
  if (url?.username || url?.password) reject('item_with_credentials', item);
}

/** Checks an IP address. @throws InvalidValue */
export function checkAddress(item: string): void {
  if (isIP(item) === 0) reject('item_not_ip_address', item);
}

/** Checks an origin, as browsers send it. @throws InvalidValue */
export function checkOrigin(item: string): void {
  const url = URL.parse(item);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  // Web views of apps have schemes of their own, such as capacitor://localhost.
  const isOrigin = isWeb
    ? url.origin === item
    : /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9][a-z0-9.-]*(:\d{1,5})?$/.test(item);
  if (!isOrigin) reject('item_not_origin', item);
}

/** Checks a domain in lower case. @throws InvalidValue */
export function checkDomain(item: string): void {
  if (!/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(item))
    reject('item_not_domain', item);
}

/** Checks one redirect pattern. @throws InvalidValue */
export function checkRedirectPattern(item: string): void {
  try {
    parseRedirectPatterns(item);
  } catch (error) {
    if (!(error instanceof ValetkeyError)) throw error;
    const { reason = null, ...details } = error.details;
    throw new InvalidValue({ ...details, reason: 'pattern_invalid', pattern_reason: reason });
  }
}
