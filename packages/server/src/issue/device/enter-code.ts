import { hashKey } from '../../core/key/hash-key.ts';
import type { Session } from '../../ports/site.ts';
import type { Provider } from '../provider.ts';
import { type Activation, EXPIRED } from './activation.ts';
import { evaluateGrant, findRequestedGrant, findTypedGrant, type Visitor } from './find-shown-grant.ts';

/** Returns what a link shows before the code is entered. Changes nothing, because following a link is no decision. */
export async function showRequested(
  requestToken: string,
  visitor: Visitor,
  provider: Provider,
): Promise<Activation> {
  const grant = await findRequestedGrant(requestToken, visitor, provider);
  if (!grant) return EXPIRED;
  const shown = await evaluateGrant(grant, visitor.session, provider);
  if (shown === 'no_trust_level') return { state: 'enter_code', problem: shown };
  return { state: 'authorize', by: 'request', token: requestToken, shown, problem: null };
}

/**
 * Processes an entered code, with the link’s token if there was one. A correct code binds the grant to this user and
 * session; nobody else can decide it afterwards.
 */
export async function enterCode(
  text: string,
  requestToken: string | null,
  visitor: Visitor,
  provider: Provider,
): Promise<Activation> {
  const byLink = requestToken === null ? null : await showRequested(requestToken, visitor, provider);
  if (byLink && byLink.state !== 'authorize') return byLink;

  const grant = await findTypedGrant(text, byLink?.shown.grant ?? null, visitor, provider);
  if (grant === 'invalid_code' && byLink?.by === 'request') return { ...byLink, problem: grant };
  if (typeof grant === 'string') return { state: 'enter_code', problem: grant };
  const shown = await evaluateGrant(grant, visitor.session, provider);
  if (shown === 'no_trust_level') return { state: 'enter_code', problem: shown };

  const token = Buffer.from(provider.randomBytes(16)).toString('hex');
  const binding = {
    deviceCodeHash: grant.deviceCodeHash,
    userId: visitor.session.user.id,
    approvalTokenHash: hashApprovalToken(token, visitor.session),
  };
  const isBound = await provider.store.bindGrant(binding, provider.now());
  return isBound ? { state: 'authorize', by: 'code', token, shown } : EXPIRED;
}

/** The hash includes user and session, so the token is invalid for anyone else. */
export const hashApprovalToken = (token: string, { id, user }: Session): string =>
  hashKey(JSON.stringify([token, user.id, id]));
