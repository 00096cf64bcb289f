import { isRedirectAllowed, parseRedirect, type RedirectPattern, ValetkeyError } from '@valetkey/protocol';

/** Redirects that a pattern allows and that it does not allow. */
export interface RedirectExamples {
  readonly allowed: readonly string[];
  readonly refused: readonly string[];
}

const MAX_EACH = 5;

/** Returns examples that show where a pattern ends. The matcher itself decides each of them. */
export function createRedirectExamples(pattern: RedirectPattern): RedirectExamples {
  const candidates = listCandidates(pattern).filter(isParsable);
  const isAllowed = (text: string) => isRedirectAllowed(parseRedirect(text), [pattern]);
  const unique = [...new Set(candidates)];
  return {
    allowed: unique.filter(isAllowed).slice(0, MAX_EACH),
    refused: unique.filter((text) => !isAllowed(text)).slice(0, MAX_EACH),
  };
}

/** Returns redirects near the pattern, on both sides of each of its limits. */
function listCandidates({ parts, isSubdomainOnly }: RedirectPattern): string[] {
  if (parts === null)
    return [
      'https://app.example/callback',
      'https://evil.example/',
      'http://127.0.0.1:4711/',
      'anyapp://open',
    ];
  const { scheme, host, port, path, fragment } = parts;
  const url = (changes: { scheme?: string; host?: string; port?: string; path?: string } = {}) => {
    const own = { scheme, host: isSubdomainOnly ? `app.${host}` : host, port, path, ...changes };
    const text = `${own.scheme}://${own.host}${own.port && `:${own.port}`}${own.path}${fragment}`;
    return text.replaceAll('*', '');
  };
  const withText = (text: string) => url({ path: path.replaceAll('*', text) });
  const isIpAddress = host.startsWith('[') || /^[\d.]+$/.test(host);
  return [
    url(),
    ...(path.includes('*') ? [withText('signed-in'), withText('a/b'), withText('x?code=1')] : []),
    ...(path.includes('?') ? [] : [url({ path: `${path}?code=1` })]),
    url({ path: '/other-page' }),
    ...(scheme === 'https' ? [url({ scheme: 'http' })] : []),
    ...(isIpAddress
      ? []
      : isSubdomainOnly
        ? [url({ host }), url({ host: `a.b.${host}` }), url({ host: `evil${host}` })]
        : [url({ host: `sub.${host}` }), url({ host: `${host}.evil.example` })]),
    url({ port: '8443' }),
  ];
}

function isParsable(text: string): boolean {
  try {
    parseRedirect(text);
    return true;
  } catch (error) {
    if (error instanceof ValetkeyError) return false;
    throw error;
  }
}
