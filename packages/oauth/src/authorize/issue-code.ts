import {
  createAuditEventFactory,
  type EndpointRequest,
  hashKey,
  withoutQuery,
} from '@valetkey/server/extension';
import type { OauthContext } from '../oauth-context.ts';
import { createSecret } from '../token/create-secret.ts';
import { formatApprovedRequest } from './approved-request.ts';
import { readText } from './authorization-request.ts';
import type { Authorization } from './evaluate-authorization.ts';

const CODE_LIFETIME_MS = 60_000;

/** How the user has approved a request. */
interface Approval {
  /** False for an earlier consent, without a page. The audit event then has no actor, and there is no notice. */
  readonly isOnPage: boolean;
  readonly isRemembered: boolean;
}

/** Stores an approved request, and returns the code for it. */
export async function issueCode(
  { client, redirect, request: asked, granted }: Authorization,
  { isOnPage, isRemembered }: Approval,
  request: EndpointRequest,
  { provider }: Pick<OauthContext, 'provider'>,
): Promise<string> {
  const { session, scopes, expiresInSeconds } = granted;
  const { user } = session;
  if (client.host !== null) await rememberDocumentClient(client.clientId, client.name, provider);

  const code = createSecret(provider);
  const approvedAt = provider.now();
  const approved = formatApprovedRequest({
    redirectUri: readText(request.parameters, 'redirect_uri'),
    authRedirect: withoutQuery(redirect.uri),
    codeChallenge: asked.codeChallenge,
    clientName: client.name,
    scopes,
    identityScopes: asked.scopes.identity,
    isRemembered,
    nonce: asked.nonce,
    authenticatedAt: session.authenticatedAt ?? null,
    resources: asked.resources,
    expiresInSeconds,
    approvedAt,
  });
  const about = () => ({ subject: client.name, ownerId: user.id });
  await provider.store.saveAuthorizationCode(
    {
      codeHash: hashKey(code),
      clientId: client.clientId,
      userId: user.id,
      request: approved,
      expiresAt: approvedAt + CODE_LIFETIME_MS,
    },
    createAuditEventFactory<void>('key_approved', about, {
      actor: isOnPage ? user : null,
      request,
      provider,
    }),
  );
  return code;
}

/** Stores the client, so that admins see it and can block it. */
async function rememberDocumentClient(
  clientId: string,
  name: string,
  { store, now }: OauthContext['provider'],
): Promise<void> {
  const client = {
    clientId,
    kind: 'document',
    name,
    redirectUris: [],
    postLogoutRedirectUris: [],
    secretHash: null,
    requiresPkce: true,
    createdAt: now(),
    createdBy: null,
    createdFrom: '',
    blockedAt: null,
  } as const;
  await store.saveOauthClient(client, null);
}
