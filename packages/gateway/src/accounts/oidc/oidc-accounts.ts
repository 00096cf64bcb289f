import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { refusalResponse } from '@valetkey/server/forward-auth';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  type IDToken,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { OidcAccountsConfig } from '../../config/gateway-config.ts';
import { type Accounts, AccountsError, type SignedOut } from '../accounts.ts';
import type { UserDirectory } from '../user-directory.ts';
import type { EndedSessions } from './ended-sessions.ts';
import { createOidcClient } from './oidc-client.ts';
import { parseOidcAccount } from './parse-oidc-account.ts';
import { createSealedCookies } from './sealed-cookies.ts';

const SIGN_IN = '/valetkey/sign-in';
const CALLBACK = '/valetkey/sign-in/callback';
/** How long a person may take at the provider. */
const SIGN_IN_SECONDS = 900;

export interface OidcAccountsParts {
  readonly config: OidcAccountsConfig;
  /** What people see, without a slash at the end. */
  readonly baseUrl: string;
  /** Seals the cookies; shared by the gateways of a site. */
  readonly secret: string;
  readonly directory: Pick<UserDirectory, 'find' | 'save'>;
  readonly endedSessions: EndedSessions;
  readonly reportError: (error: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Signs people in at an OpenID Connect provider, by the authorization code flow with state, nonce and PKCE. The session
 * is an encrypted cookie; a sign-out ends it on every gateway.
 */
export function createOidcAccounts(parts: OidcAccountsParts): Accounts {
  const { config, baseUrl, directory, endedSessions, reportError, now } = parts;
  const { origin, protocol, pathname } = new URL(baseUrl);
  const basePath = pathname.replace(/\/$/, '');
  const cookies = createSealedCookies({ secret: parts.secret, isHttps: protocol === 'https:', now });
  const loadClient = createOidcClient(config);

  async function startSignIn(query: URLSearchParams): Promise<Response> {
    const client = await loadClient();
    const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
    const url = buildAuthorizationUrl(client, {
      redirect_uri: baseUrl + CALLBACK,
      scope: config.scopes.join(' '),
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(config.maxAgeSeconds !== null && { max_age: String(config.maxAgeSeconds) }),
      ...(query.get('switch') === '1' && { prompt: 'login' }),
    });
    const returnTo = toOwnPath(query.get('return_to') ?? '');
    return redirect(
      url,
      await cookies.seal('sign_in', { state, nonce, verifier, returnTo }, SIGN_IN_SECONDS),
    );
  }

  /**
   * Only own paths: a link to the sign-in must not lead people to another site. `/.//host` becomes the path `//host`, which
   * browsers read as another site.
   */
  function toOwnPath(text: string): string {
    const url = text.startsWith('/') ? URL.parse(text, origin) : null;
    const isOwn = url?.origin === origin && !url.pathname.startsWith('//');
    return isOwn ? url.pathname + url.search : `${basePath}/`;
  }

  async function finishSignIn(search: string, cookie: string | undefined): Promise<Response> {
    const started = await cookies.open('sign_in', cookie);
    if (started === null) return refusalResponse({ code: 'sign_in_failed', details: {} });
    const { state, nonce, verifier, returnTo } = started as Record<string, string>;
    const client = await loadClient();
    try {
      const tokens = await authorizationCodeGrant(client, new URL(baseUrl + CALLBACK + search), {
        expectedState: state ?? '',
        expectedNonce: nonce ?? '',
        pkceCodeVerifier: verifier ?? '',
        idTokenExpected: true,
        ...(config.maxAgeSeconds !== null && { maxAge: config.maxAgeSeconds }),
      });
      const claims = tokens.claims() as IDToken;
      const { userinfo_endpoint: hasUserinfo } = client.serverMetadata();
      const more = hasUserinfo ? await fetchUserInfo(client, tokens.access_token, claims.sub) : {};
      const account = parseOidcAccount({ ...more, ...claims }, config);
      await directory.save(account);
      const session = { sub: account.id, jti: randomUUID(), auth_time: claims.auth_time };
      const response = redirect(
        returnTo ?? '/',
        await cookies.seal('session', session, config.sessionSeconds),
      );
      response.headers.append('Set-Cookie', cookies.remove('sign_in'));
      return response;
    } catch (error) {
      // The message can contain the response of the provider; the code cannot.
      const { code, error: answer, name } = error as Error & { code?: string; error?: string };
      const reason = error instanceof AccountsError ? error.message : (answer ?? code ?? name);
      reportError(new Error(`A sign-in at ${config.issuer} failed: ${reason}`));
      return refusalResponse({ code: 'sign_in_failed', details: {} });
    }
  }

  async function signOut({ headers }: Pick<IncomingMessage, 'headers'>): Promise<SignedOut> {
    const session = await cookies.open('session', headers.cookie);
    if (session) await endedSessions.add(String(session.jti), Number(session.exp) * 1000);
    const location = await loadClient().then(toEndSession, () => `${basePath}/`);
    return { location, setCookie: cookies.remove('session') };
  }

  const toEndSession = (client: Configuration): string =>
    client.serverMetadata().end_session_endpoint === undefined
      ? `${basePath}/`
      : buildEndSessionUrl(client, { client_id: config.clientId, post_logout_redirect_uri: `${baseUrl}/` })
          .href;

  return {
    async find({ headers }) {
      const session = await cookies.open('session', headers.cookie);
      if (session === null || (await endedSessions.has(String(session.jti)))) return null;
      const signedInAt = typeof session.auth_time === 'number' ? session.auth_time * 1000 : null;
      const { maxAgeSeconds } = config;
      if (maxAgeSeconds !== null && (signedInAt ?? 0) + maxAgeSeconds * 1000 < now()) return null;
      const user = await directory.find(String(session.sub));
      return user && { user, ...(signedInAt !== null && { authenticatedAt: signedInAt }) };
    },
    loginUrl: (returnTo) => `${basePath}${SIGN_IN}?return_to=${encodeURIComponent(returnTo)}`,
    switchAccountUrl: (returnTo) =>
      `${basePath}${SIGN_IN}?switch=1&return_to=${encodeURIComponent(returnTo)}`,
    signOut,
    pages: {
      serves: (url) => [SIGN_IN, CALLBACK].some((path) => url.split('?', 1)[0] === basePath + path),
      async answer({ method, url = '', headers }) {
        const { pathname: path, search, searchParams } = new URL(url, origin);
        if (method !== 'GET') return refusalResponse({ code: 'not_found', details: {} });
        return path === basePath + SIGN_IN ? startSignIn(searchParams) : finishSignIn(search, headers.cookie);
      },
    },
  };
}

const redirect = (to: URL | string, setCookie: string): Response =>
  new Response(null, {
    status: 303,
    headers: { Location: String(to), 'Set-Cookie': setCookie, 'Cache-Control': 'no-store' },
  });
