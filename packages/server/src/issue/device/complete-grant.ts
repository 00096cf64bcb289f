import { createAuditEventFactory } from '../../core/audit/audit-event-factory.ts';
import { grantAuditTarget, keyAuditTarget } from '../../core/audit/audit-target.ts';
import type { NewKey } from '../../core/key/key-record.ts';
import type { Settings } from '../../core/settings/setting-table.ts';
import type { DeviceGrant } from '../../ports/grant-store.ts';
import { applyConsentChoice, type ConsentChoice } from '../consent-choice.ts';
import { describeNewKey, sealNewKey } from '../issue-key.ts';
import type { Provider } from '../provider.ts';
import { type Activation, EXPIRED, type ShownGrant } from './activation.ts';
import { hashApprovalToken } from './enter-code.ts';
import { evaluateGrant, type Visitor } from './find-shown-grant.ts';
import { type DeviceAnswer, formatGrantText, parseStoredDeviceRequest } from './stored-device-request.ts';

/** The least time to fetch an answer. Only an approval in the last minute of a request needs it. */
const MIN_ANSWER_MS = 60_000;

/**
 * Approves a grant with the user’s choice: checks everything again, then changes grant and key in one transaction. The answer can be fetched until
 * the grant expires; see `markAnswerSent`.
 *
 * @throws ValetkeyError if a step rejects the request by now, `too_many_app_keys`, `too_many_approvals`; the grant stays
 * pending
 */
export async function approveDeviceGrant(
  approvalToken: string,
  choice: ConsentChoice,
  visitor: Visitor,
  provider: Provider,
): Promise<Activation> {
  const approvalTokenHash = hashApprovalToken(approvalToken, visitor.session);
  const grant = await provider.store.findGrant('approvalToken', approvalTokenHash, provider.now());
  if (grant?.state !== 'pending') return EXPIRED;
  const shown = await evaluateGrant(grant, visitor.session, provider);
  if (shown === 'no_trust_level') return { state: 'enter_code', problem: shown };

  // A request to sign in by OpenID Connect has no scopes to choose from.
  const granted =
    shown.request.scopes.length === 0
      ? shown.request
      : applyConsentChoice(shown.request, choice, provider.settings.current());
  await provider.approvalLimits.count({ userId: visitor.session.user.id, clientId: grant.clientId });
  const approve = shown.asked.oauth ? approveForOauth : approveForKey;
  const applicationName = await approve({ ...shown, request: granted }, approvalTokenHash, visitor, provider);
  return applicationName === null ? EXPIRED : { state: 'complete', denied: false, applicationName };
}

/** Stores the key. Returns the name of its app; null if the grant is no longer pending. */
async function approveForKey(
  shown: ShownGrant,
  approvalTokenHash: string,
  visitor: Visitor,
  provider: Provider,
): Promise<string | null> {
  const { answer, newKey } = createAnswer(shown, provider);
  const max = provider.settings.current().max_app_user_api_keys;
  const answerUntil = answerEnd(shown.grant, newKey.createdAt);
  const approval = { approvalTokenHash, answer: formatGrantText(answer), answerUntil, max };
  const { user } = visitor.session;
  const audit = createAuditEventFactory('key_approved', keyAuditTarget, {
    actor: user,
    request: visitor,
    provider,
  });
  const key = await provider.keys.approveGrant(approval, newKey, newKey.createdAt, audit);
  return key?.applicationName ?? null;
}

/** Stores an OAuth grant. Its tokens are created when the device polls, so that no answer contains one. */
async function approveForOauth(
  { asked, grant: { clientId, expiresAt: requestEnd }, request }: ShownGrant,
  approvalTokenHash: string,
  visitor: Visitor,
  provider: Provider,
): Promise<string | null> {
  const { user, authenticatedAt } = visitor.session;
  const { applicationName: clientName } = request;
  const { resources = [], identityScopes = [] } = asked.oauth ?? {};
  const scopes = [...identityScopes, ...request.scopes];
  const createdAt = provider.now();
  const seconds = decideLifetime(request, identityScopes, provider.settings.current());
  const expiresAt = seconds === null ? null : createdAt + seconds * 1000;
  const approved = await provider.store.approveGrantForOauth(
    {
      approvalTokenHash,
      answer: ({ id }) =>
        formatGrantText({ oauthGrantId: id, ...(authenticatedAt !== undefined && { authenticatedAt }) }),
      answerUntil: answerEnd({ expiresAt: requestEnd }, createdAt),
    },
    { userId: user.id, clientId, clientName, scopes, resources, createdAt, expiresAt },
    createAuditEventFactory('key_approved', grantAuditTarget, { actor: user, request: visitor, provider }),
  );
  return approved?.clientName ?? null;
}

/** Returns how many seconds a grant lasts; null for no end. A sign-in alone ends with its access token. */
function decideLifetime(
  { scopes, expiresInSeconds }: ShownGrant['request'],
  identityScopes: readonly string[],
  { oauth_access_token_lifetime_minutes: minutes }: Settings,
): number | null {
  if (expiresInSeconds !== null) return expiresInSeconds;
  return scopes.length === 0 && !identityScopes.includes('offline_access') ? minutes * 60 : null;
}

const answerEnd = ({ expiresAt }: Pick<DeviceGrant, 'expiresAt'>, now: number): number =>
  Math.max(expiresAt, now + MIN_ANSWER_MS);

/** Denies a grant. The device gets `access_denied`, and no key is issued. */
export async function denyDeviceGrant(
  approvalToken: string,
  visitor: Visitor,
  provider: Provider,
): Promise<Activation> {
  const { store, now } = provider;
  const { user } = visitor.session;
  const hash = hashApprovalToken(approvalToken, visitor.session);
  const grant = await store.findGrant('approvalToken', hash, now());
  if (!grant?.request) return EXPIRED;
  const { applicationName } = parseStoredDeviceRequest(grant.request).app;
  const about = () => ({ subject: applicationName, ownerId: user.id });
  const audit = createAuditEventFactory('key_declined', about, { actor: user, request: visitor, provider });
  if (!(await store.denyGrant(hash, now(), audit))) return EXPIRED;
  return { state: 'complete', denied: true, applicationName };
}

function createAnswer(
  { asked: { bearer }, request }: ShownGrant,
  provider: Provider,
): { answer: DeviceAnswer; newKey: NewKey } {
  if (bearer) {
    const newKey = describeNewKey(request, bearer.keyHash, provider.now());
    return { answer: { salt: bearer.salt, scopes: newKey.scopes, expiresAt: newKey.expiresAt }, newKey };
  }
  const { publicKey, padding } = request;
  if (!publicKey || !padding) throw new Error('A device request without public key or padding was allowed.');
  const { payload, newKey } = sealNewKey({ ...request, publicKey, padding }, provider);
  return { answer: { payload }, newKey };
}
