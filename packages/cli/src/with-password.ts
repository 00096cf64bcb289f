import { CliError, EXIT } from './exit-codes.ts';

/**
 * Returns a `fetch` that sends HTTP basic authentication to one origin. Does not send it to another origin after a
 * redirect. A header typed with `--header` has priority.
 *
 * @param address such as `https://name:password@forum.example`; undefined for none
 * @throws CliError 2 for any other value; the message does not quote it
 */
export function withPassword(
  fetch: typeof globalThis.fetch,
  address: string | undefined,
): typeof globalThis.fetch {
  if (!address) return fetch;
  const protectedUrl = URL.canParse(address) ? new URL(address) : null;
  if (
    !protectedUrl?.username ||
    !/^https?:$/.test(protectedUrl.protocol) ||
    !isEncoded(protectedUrl.username + protectedUrl.password)
  )
    throw new CliError(EXIT.usage, 'Set VALETKEY_BASIC_AUTH like this: https://name:password@forum.example');
  const secret = [protectedUrl.username, protectedUrl.password].map(decodeURIComponent).join(':');
  const authorization = `Basic ${Buffer.from(secret).toString('base64')}`;
  return (input, init = {}) => {
    const { origin } = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(init.headers);
    if (origin === protectedUrl.origin && !headers.has('authorization'))
      headers.set('Authorization', authorization);
    return fetch(input, { ...init, headers });
  };
}

function isEncoded(text: string): boolean {
  try {
    return decodeURIComponent(text) !== '';
  } catch {
    return false;
  }
}
