import { expect } from 'vitest';
import type { NewAuditEvent } from '../../core/audit/audit-event.ts';
import { createBlockList } from '../../core/blocks/block-list.ts';
import { hashKey } from '../../core/key/hash-key.ts';
import type { KeyRecord } from '../../core/key/key-record.ts';
import { discourseScopes } from '../../core/scopes/discourse-scopes.ts';
import type { UseLimits } from '../../core/use-limits.ts';
import { createInProcessChangeFeed } from '../../in-process/in-process-change-feed.ts';
import { createInProcessUseLimiter } from '../../in-process/in-process-use-limiter.ts';
import { createMemoryStore } from '../../in-process/memory-store/memory-store.ts';
import type { SiteUser } from '../../ports/site.ts';
import { createKeys } from '../keys.ts';
import { createUserKeyPolicy } from '../user-key-policy.ts';
import { createVerifier } from '../verifier.ts';
import type { VerifyResult } from '../verify-result.ts';

const noBlocks = createBlockList([]);

export const MINUTE = 60_000;
export const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const audit = (): NewAuditEvent => ({
  at: 0,
  action: 'key_approved',
  actorId: null,
  ownerId: null,
  keyId: null,
  subject: '',
  ipAddress: '',
});

/** The properties of the site under test. */
export interface World {
  /** The cache capacity of each verifier. */
  readonly capacity: number;
  /** Whether store and site return slow promises, and whether the site has revisions. */
  readonly isAsync: boolean;
  readonly hasRevision: boolean;
}

/** A model of the limits: exact sliding windows, independent of caches and clock changes. */
function createModel() {
  const allowedAt = new Map<string, number[]>();

  return {
    checkLimit(key: string, isAllowed: boolean, now: number, { perMinute, perDay }: UseLimits) {
      const times = allowedAt.get(key) ?? [];
      const within = (ms: number) => times.filter((time) => time > now - ms).length;
      expect(isAllowed).toBe(within(MINUTE) < perMinute && within(DAY) < perDay);
      if (isAllowed) allowedAt.set(key, [...times, now]);
    },
  };
}

/**
 * A site of two nodes with one store, one change feed and one limiter. Each result is compared with the store and the
 * model.
 */
export function createWorld({ capacity, isAsync, hasRevision }: World) {
  const store = createMemoryStore();
  /** Slow enough for a concurrent change. */
  async function arriving<T>(value: T): Promise<T> {
    for (let turn = 0; turn < 10; turn += 1) await null;
    return value;
  }
  const slow = { ...store, findKeyByHash: async (hash: string) => arriving(await store.findKeyByHash(hash)) };
  const suspended = new Set<string>();
  const state = {
    now: START,
    monotonicNow: 0,
    limits: { perMinute: 3, perDay: 8 } as UseLimits,
    revision: 0,
  };
  const model = createModel();
  const texts: string[] = [];
  const userOf = (id: string): SiteUser => ({
    id,
    username: id,
    avatarTemplate: null,
    isAdmin: false,
    isStaff: false,
    groups: [],
    isSuspended: suspended.has(id),
  });
  const feed = createInProcessChangeFeed();
  const local = createInProcessUseLimiter();
  const limiter = isAsync
    ? { use: async (...use: Parameters<typeof local.use>) => arriving(local.use(...use)) }
    : local;

  function createNode() {
    const monotonicNow = () => state.monotonicNow;
    const keys = createKeys({
      store: isAsync ? slow : store,
      scopes: discourseScopes,
      cache: { capacity, monotonicNow },
      now: () => state.now,
      publish: (id) => feed.publish({ kind: 'key', id }),
    });
    feed.subscribe(
      ({ id }) => keys.cache.invalidate(id),
      () => keys.cache.clear(),
    );
    const userKeys = createUserKeyPolicy({
      keys,
      site: {
        findUser: (id) => (isAsync ? arriving(userOf(id)) : userOf(id)),
        ...(hasRevision && { usersRevision: () => state.revision }),
      },
      scopes: discourseScopes,
      blocks: () => noBlocks,
      limits: () => state.limits,
      now: () => state.now,
    });
    // This test sends user keys only.
    const adminKeys = {} as Parameters<typeof createVerifier>[0]['adminKeys'];
    const verifier = createVerifier({ userKeys, adminKeys, limiter, now: () => state.now, monotonicNow });
    return { keys, verifier };
  }

  const nodes = [createNode(), createNode()] as const;
  let turns = 0;
  /** Alternates nodes, so that a change on one is verified on the other. */
  const nextNode = () => nodes[turns++ % nodes.length] ?? nodes[0];

  const recordOf = (text: string) => store.findKeyByHash(hashKey(text));
  /** The expected state of the key by its stored record, without limits. */
  function stateOf(record: KeyRecord | null): 'active' | 'invalid' | 'user_suspended' {
    if (!record || record.revokedAt !== null) return 'invalid';
    if ([record.expiresAt, record.retiresAt].some((end) => end !== null && end <= state.now))
      return 'invalid';
    return suspended.has(record.userId) ? 'user_suspended' : 'active';
  }
  const ask = (key: string) =>
    nextNode().verifier.verify({
      credential: { kind: 'user_key', key },
      method: 'GET',
      route: { name: 'list#latest' },
      ipAddress: '192.0.2.1',
      userAgent: null,
    });
  const isLimited = (result: VerifyResult) => !result.allowed && result.code === 'rate_limited';
  const INVALID_CODES = ['key_unknown', 'key_revoked', 'key_expired'];

  async function use(text: string, times: number) {
    const expected = stateOf(await recordOf(text));
    const results = await Promise.all(Array.from({ length: times }, () => ask(text)));
    // The number of allowed requests in a burst is promised, but not which ones: some await the store.
    for (const result of results.toSorted((a, b) => Number(b.allowed) - Number(a.allowed))) {
      if (expected === 'active') {
        if (!result.allowed) expect(result.code).toBe('rate_limited');
        model.checkLimit(text, result.allowed, state.monotonicNow, state.limits);
      } else {
        const code = result.allowed ? 'allowed' : result.code;
        expect(INVALID_CODES.includes(code) ? 'invalid' : code).toBe(expected);
      }
    }
  }

  /** A request during the change may use the key before or after it; later requests only the key after it. */
  async function useDuring(text: string, change: (record: KeyRecord) => Promise<unknown>) {
    const record = await recordOf(text);
    if (!record) return use(text, 1);
    const wasActive = stateOf(record) === 'active';
    const [result] = await Promise.all([ask(text), change(record)]);
    if (result.allowed) expect(wasActive || stateOf(await recordOf(text)) === 'active').toBe(true);
    if (result.allowed || isLimited(result))
      model.checkLimit(text, result.allowed, state.monotonicNow, state.limits);
    await use(text, 2);
  }

  return {
    state,
    texts,
    use,
    async make(kind: 'app' | 'personal', owner: string, client: string, ttl: number | null) {
      const text = texts.length.toString(16).padStart(32, '0');
      texts.push(text);
      const key = {
        keyHash: hashKey(text),
        userId: owner,
        kind,
        clientId: kind === 'app' ? client : text,
        applicationName: client,
        scopes: ['read'],
        isUrlKey: false,
        pushUrl: null,
        createdAt: state.now,
        expiresAt: ttl === null ? null : state.now + ttl,
      };
      const { keys } = nextNode();
      await (kind === 'app' ? keys.replace(key, audit) : keys.createPersonal(key, 99, audit));
    },
    revoke: (text: string) => useDuring(text, ({ id }) => nextNode().keys.revoke(id, state.now, audit)),
    undo: (text: string) =>
      useDuring(text, ({ id }) => nextNode().keys.undoRevoke(id, { restoredAt: state.now, max: 99 }, audit)),
    async rotate(text: string, graceMs: number) {
      const successor = texts.length.toString(16).padStart(32, '0');
      texts.push(successor);
      const rotation = { keyHash: hashKey(successor), createdAt: state.now, retiresAt: state.now + graceMs };
      await useDuring(text, ({ id }) => nextNode().keys.rotate(id, rotation, 99, audit));
    },
    suspend(owner: string) {
      if (!suspended.delete(owner)) suspended.add(owner);
      state.revision += 1;
    },
    async sweep() {
      const batch = { afterId: 0, limit: 1_000 };
      const stale = { unusedSince: state.now - DAY, approvedBefore: null, revokedAt: state.now, ...batch };
      for (const { keys } of nodes) {
        await keys.revokeStale(stale, audit);
        await store.deleteExpiredKeys({ before: state.now - 2 * DAY, ...batch });
        keys.cache.clear();
      }
    },
    tick(ms: number) {
      state.now += ms;
      state.monotonicNow += Math.max(ms, 0);
    },
  };
}
