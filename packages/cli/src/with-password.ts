import { CliError, EXIT } from './exit-codes.ts';

/**
 * `fetch` that also knows the name and password which a web server asks for before anybody reaches the site (HTTP basic
 * authentication). They go to that one origin, never along with a redirect to another, and never over what was typed with
 * `--header`.
 *
 * @param address such as `https://name:password@forum.example`; undefined where there is no such server
 * @throws Failure 2 if it is something else; the message does not repeat it
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
