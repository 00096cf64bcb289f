import { createAuditEventFactory } from '../core/audit/audit-event-factory.ts';
import { findKeyBlock } from '../core/blocks/blocked-key.ts';
import { hashKey } from '../core/key/hash-key.ts';
import type { KeyRecord } from '../core/key/key-record.ts';
import { isActive } from '../core/key/key-state.ts';
import type { MaybePromise } from '../core/maybe-promise.ts';
import type { SiteUser } from '../core/site-user.ts';
import type { OneTimePassword } from '../ports/one-time-password-store.ts';
import type { Provider } from './provider.ts';
import { evaluateStoredGrant, type StepsProvider } from './steps/evaluate-key-request.ts';

type Parts = StepsProvider & Pick<Provider, 'now'>;

/** The user of a one-time password, and the key that it was issued with, if any. */
interface SignIn<User extends SiteUser> {
  readonly user: User;
  readonly key: KeyRecord | null;
}

/**
 * Returns the user of a one-time password; null unless it could be issued now. That means: the feature is on, the
 * scope is allowed, the user is allowed and not suspended, the app is not blocked, and the key is active.
 */
export async function findSignIn<User extends SiteUser>(
  password: string,
  findUser: (id: string) => MaybePromise<User | null>,
  parts: Parts,
): Promise<SignIn<User> | null> {
  const { store, appBlocks, now } = parts;
  const found = await store.findOneTimePassword(hashKey(password), now());
  const user = found && (await findUser(found.userId));
  if (!user) return null;
  const decision = await evaluateStoredGrant('sign_in', ['one_time_password'], user, parts);
  if (!decision.allowed) return null;
  // The key is read last, so that an acknowledged revocation is never missed.
  const key = found.keyHash === null ? null : await store.findKeyByHash(found.keyHash);
  if (found.keyHash !== null && !(key && isActive(key, now()))) return null;
  const blocks = appBlocks.current();
  if (blocks.find({ clientIds: [], receivers: [found.authRedirect] })) return null;
  if (key && findKeyBlock(key, blocks)) return null;
  return { user, key };
}

/** Returns the same user and consumes the password, with an audit event. Of concurrent calls, one gets the user. */
export async function consumeSignIn<User extends SiteUser>(
  password: string,
  from: { readonly ipAddress: string },
  findUser: (id: string) => MaybePromise<User | null>,
  parts: Parts,
): Promise<User | null> {
  const signIn = await findSignIn(password, findUser, parts);
  if (!signIn) return null;
  const { user, key } = signIn;
  const about = ({ applicationName }: OneTimePassword) => ({
    subject: applicationName,
    ownerId: user.id,
    keyId: key?.id ?? null,
  });
  const audit = createAuditEventFactory('one_time_password_used', about, {
    actor: user,
    request: from,
    provider: parts,
  });
  const used = await parts.store.consumeOneTimePassword(hashKey(password), parts.now(), audit);
  return used && user;
}
