import { ValetkeyError } from '@valetkey/protocol';
import type { Refusal, SiteUser, VerifiedKey } from '@valetkey/server';
import type { CountedUse, Provider } from '@valetkey/server/extension';
import type { PreparedCall } from '../tools/prepare-call.ts';

/** The client that sent a message, and the user that it acts for. One use is counted. */
export interface Sender {
  readonly key: VerifiedKey;
  readonly user: SiteUser;
  readonly counted: CountedUse;
  readonly ipAddress: string;
}

interface Presented {
  readonly token: string;
  readonly ipAddress: string;
  readonly userAgent: string | null;
  /** The path of this resource below the base URL. */
  readonly resource: string;
}

/** Verifies the token of a message, whatever its scopes, and counts one use. */
export async function verifySender(
  { token, resource, ...from }: Presented,
  { verifier }: Pick<Provider, 'verifier'>,
): Promise<Sender | Refusal> {
  const found = await verifier.useActiveKey(token, from);
  if (!found.active) return found;
  const { record: key, user, limits, remaining } = found;
  if (!key.resources?.includes(resource)) return new ValetkeyError('key_for_another_resource');
  return { key, user, counted: { limits, remaining }, ipAddress: from.ipAddress };
}

/** Returns why the scopes of the sender do not permit this call; null if they do. Does not count a second use. */
export async function findCallRefusal(
  { tool, route }: PreparedCall,
  { token, ...presented }: Presented,
  { counted }: Sender,
  { verifier }: Pick<Provider, 'verifier'>,
): Promise<Refusal | null> {
  const credential = { kind: 'user_key', key: token, isBearer: true } as const;
  const result = await verifier.verify({ ...presented, credential, method: tool.method, route, counted });
  return result.allowed ? null : result;
}
