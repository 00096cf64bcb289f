import type { RawParameters } from '@valetkey/protocol';
import type { OauthContext } from '../oauth-context.ts';
import { PATHS } from '../paths.ts';

/** The parameter that remembers when the user was sent to sign-in, so that `prompt=login` is satisfied on return. */
const SIGN_IN_TIME = 'sign_in_time';

/** Returns the path of a request with all parameters, as they may have come in a body. */
export function returnPath(
  parameters: RawParameters,
  { provider: { basePath } }: Pick<OauthContext, 'provider'>,
): string {
  const texts = Object.entries(parameters).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string',
  );
  return `${basePath}${PATHS.authorize}?${new URLSearchParams(texts)}`;
}

/** Adds the current time, with a signature: a link must not skip the sign-in that a client requires. */
export function addSignInTime(
  parameters: RawParameters,
  { provider }: Pick<OauthContext, 'provider'>,
): RawParameters {
  const time = String(provider.now());
  return { ...parameters, [SIGN_IN_TIME]: `${time}.${provider.csrf.tokenOf(`${SIGN_IN_TIME} ${time}`)}` };
}

/** Returns that time in milliseconds since 1970; null if there is none, or if its signature is wrong. */
export function readSignInTime(
  parameters: RawParameters,
  { provider: { csrf } }: Pick<OauthContext, 'provider'>,
): number | null {
  const value = parameters[SIGN_IN_TIME];
  const [, time, signature] = /^(\d{1,15})\.([\w-]+)$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (time === undefined || signature === undefined) return null;
  return csrf.verify(`${SIGN_IN_TIME} ${time}`, signature) ? Number(time) : null;
}
