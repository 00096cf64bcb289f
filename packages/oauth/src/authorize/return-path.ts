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

/**
 * Adds the current time, signed for this request: a link must not skip the sign-in that a client requires, also not with a time
 * of another request.
 */
export function addSignInTime(
  parameters: RawParameters,
  context: Pick<OauthContext, 'provider'>,
): RawParameters {
  const { [SIGN_IN_TIME]: _, ...request } = parameters;
  const time = String(context.provider.now());
  const signature = context.provider.csrf.tokenOf(signedText(time, request, context));
  return { ...request, [SIGN_IN_TIME]: `${time}.${signature}` };
}

/** Returns that time in milliseconds since 1970; null if there is none, or if it was not signed for this request. */
export function readSignInTime(
  parameters: RawParameters,
  context: Pick<OauthContext, 'provider'>,
): number | null {
  const { [SIGN_IN_TIME]: value, ...request } = parameters;
  const [, time, signature] = /^(\d{1,15})\.([\w-]+)$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (time === undefined || signature === undefined) return null;
  return context.provider.csrf.verify(signedText(time, request, context), signature) ? Number(time) : null;
}

const signedText = (time: string, request: RawParameters, context: Pick<OauthContext, 'provider'>): string =>
  `${SIGN_IN_TIME} ${time} ${returnPath(request, context)}`;
