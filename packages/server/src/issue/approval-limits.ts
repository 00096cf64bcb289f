import { ValetkeyError } from '@valetkey/protocol';
import type { KeyRecord } from '../core/key/key-record.ts';
import { isActive } from '../core/key/key-state.ts';
import type { Settings } from '../core/settings/setting-table.ts';
import type { AttemptLimiter, CreateAttemptLimiter } from '../ports/attempt-limiter.ts';
import type { Keys } from '../verify/keys.ts';
import type { OauthGrants } from '../verify/oauth-grants.ts';

const HOUR_SECONDS = 3600;

/** Limits how many keys of apps a user approves and has. */
export interface ApprovalLimits {
  /**
   * Counts an approval. Call it when everything else allows the key. The store checks the number of active keys again,
   * because approvals may be concurrent (`KeyStore.replaceKey`).
   *
   * @throws ValetkeyError `too_many_app_keys`, `too_many_approvals` with `wait_seconds`
   */
  count(approval: Approval): Promise<void>;
  /**
   * Counts a code without a page, and returns whether the limit allows it. These have a count of their own: every web page can
   * open a sign-in, so they must not use up the approvals of the user.
   *
   * @throws ValetkeyError `too_many_app_keys`
   */
  countRemembered(approval: Approval): Promise<boolean>;
  /** Checks the number of active keys alone. @throws ValetkeyError `too_many_app_keys` */
  requireRoom(approval: Approval): Promise<void>;
}

type Approval = Pick<KeyRecord, 'userId' | 'clientId'>;

interface Parts {
  readonly createLimiter: CreateAttemptLimiter;
  readonly settings: { current(): Settings };
  readonly keys: Pick<Keys, 'list'>;
  readonly oauthGrants: Pick<OauthGrants, 'list'>;
  readonly now: () => number;
}

export function createApprovalLimits({
  createLimiter,
  settings,
  keys,
  oauthGrants,
  now,
}: Parts): ApprovalLimits {
  /** Returns the limiter of a kind; a new one only when the setting has changed. */
  function createCurrent(name: string): () => AttemptLimiter<'user'> {
    let limiter: AttemptLimiter<'user'> | null = null;
    let limiterMax = 0;
    return () => {
      const max = settings.current().max_user_api_key_approvals_per_hour;
      if (!limiter || max !== limiterMax) {
        limiter = createLimiter(name, [{ by: 'user', max, seconds: HOUR_SECONDS }]);
        limiterMax = max;
      }
      return limiter;
    };
  }
  const approvals = createCurrent('key-approval');
  const remembered = createCurrent('remembered-consent');

  async function requireRoom({ userId, clientId }: Approval): Promise<void> {
    const max = settings.current().max_app_user_api_keys;
    // The key that the new one replaces does not count.
    const others = (await keys.list(userId, null)).filter(
      (key) => key.kind === 'app' && key.clientId !== clientId && isActive(key, now()),
    );
    const grants = await oauthGrants.list(userId);
    if (others.length + grants.length >= max) throw new ValetkeyError('too_many_app_keys', { max_keys: max });
  }

  return {
    requireRoom,
    async count(approval) {
      await requireRoom(approval);
      const wait_seconds = await approvals().count({ user: approval.userId }, now());
      if (wait_seconds > 0) throw new ValetkeyError('too_many_approvals', { wait_seconds });
    },
    async countRemembered(approval) {
      await requireRoom(approval);
      return (await remembered().count({ user: approval.userId }, now())) === 0;
    },
  };
}
