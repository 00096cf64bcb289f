import { redirectWarningHost, type ValetkeyError } from '@valetkey/protocol';
import { explainError } from '@valetkey/protocol/messages';
import { textInEnglish } from '../../../core/localized-text.ts';
import { redactDetails } from '../../../core/redact/redact-text.ts';
import { optionalScopesOf } from '../../../issue/consent-choice.ts';
import type { Provider } from '../../../issue/provider.ts';
import { evaluateKeyRequest } from '../../../issue/steps/evaluate-key-request.ts';
import type { KeyRequest } from '../../../issue/steps/key-request.ts';
import { consentPage } from '../../../ui/pages/consent-page.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import { createPageContext } from '../../page-context.ts';
import { refusalPage, refusalResponse } from '../../render-refusal.ts';
import { jsonResponse, pageResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { loadSurroundings } from '../load-request-surroundings.ts';
import { findSessionWithoutKey } from '../require-session.ts';

/**
 * `GET /user-api-key/new`: shows the consent page. The request is validated before the user must sign in
 * (PROTOCOL.md#authorize).
 */
export const showConsent: Endpoint = async (request, provider) => {
  const session = await findSessionWithoutKey(request, provider);
  const decision = await evaluateKeyRequest('ask', request.parameters, session, provider);
  if (!decision.allowed) return refuse(decision.refusal, decision.known, request, provider);
  return request.wantsJson
    ? readyJson(decision.request, provider)
    : readyPage(decision.request, request.raw, provider);
};

function refuse(
  refusal: ValetkeyError,
  known: Partial<KeyRequest>,
  request: EndpointRequest,
  provider: Provider,
): Response | Promise<Response> {
  const { code, details } = refusal;
  if (code === 'login_required') return redirectResponse(provider.site.loginUrl(request.returnTo));
  if (!request.wantsJson) return refusalPage(refusal, request.raw, provider);
  if (code === 'group_not_allowed') {
    return jsonResponse({
      state: 'no_trust_level',
      application_name: known.applicationName,
      current_user: currentUser(known.session),
    });
  }
  if (MALFORMED.has(code)) return refusalResponse(refusal);
  // Existing front ends read `state` from a response with status 200.
  const redacted = redactDetails(details);
  return jsonResponse({
    ...redacted,
    state: 'generic_error',
    reason: code,
    message: explainError({ code, details: redacted }),
  });
}

/** The request is malformed: status 400, and the parameter is named. */
const MALFORMED = new Set([
  'parameter_missing',
  'parameter_invalid',
  'parameter_too_long',
  'padding_invalid',
]);

function readyJson(request: KeyRequest, provider: Provider): Response {
  const { parameters, expiresInSeconds } = request;
  return jsonResponse({
    state: 'ready',
    application_name: request.applicationName,
    client_id: parameters.clientId,
    nonce: parameters.nonce,
    public_key: parameters.publicKey ?? request.publicKey.spkiPem,
    scopes: request.scopes.join(','),
    optional_scopes: optionalScopesOf(request).join(','),
    localized_scopes: request.scopes.map((name) => textInEnglish(provider.scopes[name]?.sentence ?? name)),
    write_scope: request.scopes.includes('write'),
    auth_redirect: parameters.authRedirect,
    redirect_uri: redirectWarningHost(request.redirect),
    push_url: parameters.pushUrl,
    padding: parameters.padding,
    expires_in_seconds: expiresInSeconds,
    expires_at:
      expiresInSeconds === null ? null : new Date(provider.now() + expiresInSeconds * 1000).toISOString(),
    current_user: currentUser(request.session),
  });
}

async function readyPage(request: KeyRequest, raw: Request, provider: Provider): Promise<Response> {
  const surroundings = await loadSurroundings(request, request.session, provider);
  const page = await createPageContext(raw, request.session, provider);
  return pageResponse(consentPage({ request, ...surroundings }, page));
}

function currentUser(session: KeyRequest['session'] | undefined) {
  return session && { username: session.user.username, avatar_template: session.user.avatarTemplate ?? null };
}
