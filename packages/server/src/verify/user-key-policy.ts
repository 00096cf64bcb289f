import { createAuditEventFactory } from '../core/audit/audit-event-factory.ts';
import { keyAuditTarget } from '../core/audit/audit-target.ts';
import type { AppBlock } from '../core/blocks/app-block.ts';
import type { BlockList } from '../core/blocks/block-list.ts';
import { findKeyBlock, refuseBlocked } from '../core/blocks/blocked-key.ts';
import type { KeyRecord, VerifiedKey } from '../core/key/key-record.ts';
import { decideState } from '../core/key/key-state.ts';
import { isPromise } from '../core/maybe-promise.ts';
import { refuse } from '../core/refusal.ts';
import { isPermitted, type ScopeDefinitions, scopesThatPermit } from '../core/scopes/scope.ts';
import type { SiteUser } from '../core/site-user.ts';
import type { UseLimits } from '../core/use-limits.ts';
import type { Site } from '../ports/site.ts';
import type { CachedKey } from './cached-key.ts';
import { isClientId } from './client-id.ts';
import type { KeyPolicy } from './key-policy.ts';
import type { Keys } from './keys.ts';
import { recognizeUserKey } from './recognize-key.ts';
import type { UserKeyCredential } from './verify-request.ts';

/** The path of the API below the base URL, as a resource (RFC 8707). */
const API = '/';

/** How user API keys are verified (PROTOCOL.md#using-a-key). */
export interface UserKeyPolicy extends KeyPolicy<VerifiedKey, UserKeyCredential> {
  /** Invalidates all cached users. Call it when a user has changed. */
  forgetUsers(): void;
}

interface UserKeyParts {
  readonly keys: Pick<Keys, 'cache' | 'lastUsed' | 'saveSentClientId'>;
  readonly site: Pick<Site, 'findUser' | 'usersRevision'>;
  readonly scopes: ScopeDefinitions;
  readonly blocks: () => BlockList;
  readonly limits: () => UseLimits;
  readonly now: () => number;
}

export function createUserKeyPolicy(parts: UserKeyParts): UserKeyPolicy {
  const { keys, site, scopes, blocks, limits, now } = parts;
  /**
   * A new object after each change of any user or block. A key that was allowed in the current period needs neither to be
   * looked up again.
   */
  let period = { revision: Number.NaN, blocks: blocks() };

  /** Null for a site without revisions: users are loaded on every request. */
  function currentPeriod(): object | null {
    const revision = site.usersRevision?.();
    if (revision === undefined) return null;
    const list = blocks();
    if (revision !== period.revision || list !== period.blocks) period = { revision, blocks: list };
    return period;
  }

  /** Examines a key once for each list of blocks. */
  function findBlock(key: CachedKey): AppBlock | null {
    const list = blocks();
    if (key.unblockedBy === list) return null;
    const block = findKeyBlock(key.record, list);
    if (block === null) key.unblockedBy = list;
    return block;
  }

  function note(key: CachedKey, user: SiteUser | null, foundIn: object | null): SiteUser | null {
    const isAllowed = user?.isSuspended === false && findBlock(key) === null;
    key.foundIn = isAllowed ? foundIn : null;
    return user;
  }

  return {
    cache: keys.cache,
    recognize: recognizeUserKey,
    unknownCode: 'key_unknown',
    isUserKnown: ({ foundIn }) => foundIn !== null && foundIn === currentPeriod(),
    findUser(key) {
      // Taken before the query: after a concurrent change, the next request loads the user again.
      const foundIn = currentPeriod();
      const found = site.findUser(key.record.userId);
      return isPromise(found) ? found.then((user) => note(key, user, foundIn)) : note(key, found, foundIn);
    },
    decideState(key, user, at) {
      const refusal = decideState(key, user, at);
      if (refusal) return refusal;
      const block = findBlock(key);
      return block && refuseBlocked(block);
    },
    createPrincipal: (user, key) => ({ kind: 'user_api_key', user, key }),
    limits,
    nameWindow: (window) => window,
    decideReach(key, principal, { method, route, credential, resource = API }) {
      const { record, permissions, resources } = key;
      if (credential.isInUrl && !record.isUrlKey) return refuse('key_not_allowed_in_url');
      if (resources === null ? resource !== API : !resources.includes(resource))
        return refuse('key_for_another_resource');
      if (isPermitted(permissions, method, route, principal)) return null;
      return refuse('scope_insufficient', {
        required_scopes: scopesThatPermit(scopes, method, route, principal),
        granted_scopes: record.scopes,
      });
    },
    lastUsed: keys.lastUsed,
    noteRefusal: ({ record }, refusal, at) => keys.lastUsed.noteRefusal(record, refusal, at),
    afterUse(key, { clientId = null, credential, ipAddress }) {
      const { record } = key;
      if (clientId === null || clientId === key.clientIdSeen) return;
      if (clientId === (record.sentClientId ?? record.clientId)) return;
      key.clientIdSeen = clientId;
      if (record.kind !== 'app' || !isClientId(clientId, credential.key)) return;
      // Not awaited: the request does not need it. If it fails, it is retried after the key is loaded again.
      const about = (changed: KeyRecord) => ({
        ...keyAuditTarget(changed),
        subject: `${changed.applicationName}: ${clientId}`,
      });
      const audit = createAuditEventFactory('client_id_sent', about, {
        actor: null,
        request: { ipAddress },
        provider: { now },
      });
      keys.saveSentClientId(record, clientId, audit).catch(() => {});
    },
    forgetUsers() {
      period = { ...period };
    },
  };
}
