import { createAuditEventFactory } from '../../core/audit/audit-event-factory.ts';
import { keyAuditTarget } from '../../core/audit/audit-target.ts';
import type { NewKey } from '../../core/key/key-record.ts';
import { describeNewKey, sealNewKey } from '../issue-key.ts';
import type { Provider } from '../provider.ts';
import { type Activation, EXPIRED, type ShownGrant } from './activation.ts';
import { hashApprovalToken } from './enter-code.ts';
import { evaluateGrant, type Visitor } from './find-shown-grant.ts';
import { type DeviceAnswer, formatGrantText, parseStoredDeviceRequest } from './stored-device-request.ts';

/** So long an approved device can fetch its answer, again and again: a lost answer is no lost key. */
const ANSWER_MS = 60_000;

/**
 * The person says yes: everything is judged once more, then grant and key change in one step of the store.
 *
 * @throws ValetkeyError what the steps refuse by now; the grant stays as it is then
 */
export async function approveDeviceGrant(
  approvalToken: string,
  visitor: Visitor,
  provider: Provider,
): Promise<Activation> {
  const approvalTokenHash = hashApprovalToken(approvalToken, visitor.session);
  const grant = await provider.store.findGrant('approvalToken', approvalTokenHash, provider.now());
  if (grant?.state !== 'pending') return EXPIRED;
  const shown = await evaluateGrant(grant, visitor.session, provider);
  if (shown === 'no_trust_level') return { state: 'enter_code', problem: shown };

  const moment = provider.now();
  const { answer, newKey } = createAnswer(shown, provider);
  const approval = { approvalTokenHash, answer: formatGrantText(answer), answerUntil: moment + ANSWER_MS };
  const audit = createAuditEventFactory(
    visitor.session.user,
    'key_approved',
    keyAuditTarget,
    visitor,
    provider,
  );
  const key = await provider.keys.approveGrant(approval, newKey, moment, audit);
  if (!key) return EXPIRED;
  return { state: 'complete', denied: false, applicationName: key.applicationName };
}

/** The person says no: the device hears of it, and nothing is handed out. */
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
  const audit = createAuditEventFactory(user, 'key_declined', about, visitor, provider);
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
  if (!publicKey || !padding)
    throw new Error('A request to be sealed has been judged without its public key.');
  const { payload, newKey } = sealNewKey({ ...request, publicKey, padding }, provider);
  return { answer: { payload }, newKey };
}
