import { expect } from 'vitest';
import type { NewAuditEvent } from '../../core/audit/audit-event.ts';
import { hashKey } from '../../core/key/hash-key.ts';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { UseLimits } from '../../core/limits/sliding-windows.ts';
import { discourseScopes } from '../../core/scopes/discourse-scopes.ts';
import type { SiteUser } from '../../ports/site.ts';
import { createMemoryStore } from '../../stores/memory/memory-store.ts';
import { createKeys } from '../keys.ts';
import { createJudge } from '../verifier.ts';
import type { Verdict } from '../verify-result.ts';

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

/** How a site is made, of which the judge is asked. */
export interface World {
  /** The judge's memory has room for this many keys. */
  readonly capacity: number;
  /** Whether what store and site say takes a while to arrive, and whether the site says when any person changed. */
  readonly isAsync: boolean;
  readonly hasRevision: boolean;
}

/** What is promised of the judge, without a thought for its memory: it asks the store and counts everything, each time. */
function createModel(capacity: number) {
  let inMemory: string[] = [];
  const logs = new Map<string, { passed: number[]; isInOrder: boolean }>();
  const logOf = (key: string) => logs.get(key) ?? { passed: [], isInOrder: true };

  return {
    /** A key that exists is remembered when it is asked for; the one that came first makes room, and its limits start anew. */
    remember(key: string) {
      if (inMemory.includes(key)) return;
      inMemory = [...inMemory, key];
      const leaving = inMemory.length > capacity ? inMemory.shift() : undefined;
      if (leaving !== undefined) logs.delete(leaving);
    },
    /** What came before is later than now: how long it fills a window is no more promised, but nothing new is let through twice. */
    turnBack() {
      for (const key of logs.keys()) logs.set(key, { passed: [], isInOrder: false });
    },
    checkLimit(key: string, isAllowed: boolean, now: number, { perMinute, perDay }: UseLimits) {
      const { passed, isInOrder } = logOf(key);
      const within = (ms: number) => passed.filter((time) => time > now - ms).length;
      const hasRoom = within(MINUTE) < perMinute && within(DAY) < perDay;
      if (isInOrder) expect(isAllowed).toBe(hasRoom);
      else if (isAllowed) expect(hasRoom).toBe(true);
      if (isAllowed) logs.set(key, { passed: [...passed, now], isInOrder });
    },
  };
}

/** A site of which the judge is asked, and each answer held against the model’s. */
export function createWorld({ capacity, isAsync, hasRevision }: World) {
  const store = createMemoryStore();
  /** Long enough for a change to come in between. */
  async function arriving<T>(said: T): Promise<T> {
    for (let turn = 0; turn < 10; turn += 1) await null;
    return said;
  }
  const slow = { ...store, findKeyByHash: async (hash: string) => arriving(await store.findKeyByHash(hash)) };
  const keys = createKeys(isAsync ? slow : store, discourseScopes, capacity);
  const suspended = new Set<string>();
  const state = {
    now: START,
    limits: { perMinute: 3, perDay: 8 } as UseLimits,
    revision: 0,
    hasTurnedBack: false,
  };
  const model = createModel(capacity);
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
  const judge = createJudge({
    keys,
    site: {
      findUser: (id) => (isAsync ? arriving(userOf(id)) : userOf(id)),
      ...(hasRevision && { usersRevision: () => state.revision }),
    },
    scopes: discourseScopes,
    limits: () => state.limits,
    now: () => state.now,
  });

  const recordOf = (text: string) => store.findKeyByHash(hashKey(text));
  /** What the key may do by what is stored at this moment, limits aside. */
  function stateOf(record: KeyRecord | null): 'good' | 'dead' | 'user_suspended' {
    if (!record || record.revokedAt !== null) return 'dead';
    if ([record.expiresAt, record.retiresAt].some((end) => end !== null && end <= state.now)) return 'dead';
    return suspended.has(record.userId) ? 'user_suspended' : 'good';
  }
  const ask = (key: string) =>
    judge.judge({
      key,
      method: 'GET',
      route: { name: 'list#latest' },
      ipAddress: '192.0.2.1',
      userAgent: null,
    });
  const isLimited = (verdict: Verdict) => !verdict.allowed && verdict.code === 'rate_limited';
  const DEAD = ['key_unknown', 'key_revoked', 'key_expired'];

  async function use(text: string, times: number) {
    const record = await recordOf(text);
    // Its end comes back with the clock, and whoever remembers the key knows nothing else of it.
    if (!record && state.hasTurnedBack) return;
    if (record) model.remember(text);
    const verdicts = await Promise.all(Array.from({ length: times }, () => ask(text)));
    const expected = stateOf(record);
    for (const verdict of verdicts) {
      if (expected === 'good') {
        if (!verdict.allowed) expect(verdict.code).toBe('rate_limited');
        model.checkLimit(text, verdict.allowed, state.now, state.limits);
      } else {
        const code = verdict.allowed ? 'allowed' : verdict.code;
        expect(DEAD.includes(code) ? 'dead' : code).toBe(expected);
      }
    }
  }

  /** It may go either way for the one under way, but for nobody after it. */
  async function useDuring(text: string, change: (record: KeyRecord) => Promise<unknown>) {
    const record = await recordOf(text);
    if (!record) return;
    model.remember(text);
    const wasGood = stateOf(record) === 'good';
    const [verdict] = await Promise.all([ask(text), change(record)]);
    if (verdict.allowed) expect(wasGood).toBe(true);
    if (verdict.allowed || isLimited(verdict))
      model.checkLimit(text, verdict.allowed, state.now, state.limits);
    await use(text, 1);
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
      await (kind === 'app' ? keys.replace(key, audit) : keys.createPersonal(key, 99, audit));
    },
    revoke: (text: string) => useDuring(text, ({ id }) => keys.revoke(id, state.now, audit)),
    undo: (text: string) =>
      useDuring(text, ({ id }) => keys.undoRevoke(id, { restoredAt: state.now, max: 99 }, audit)),
    async rotate(text: string, graceMs: number) {
      const successor = texts.length.toString(16).padStart(32, '0');
      texts.push(successor);
      const rotation = { keyHash: hashKey(successor), createdAt: state.now, retiresAt: state.now + graceMs };
      await useDuring(text, ({ id }) => keys.rotate(id, rotation, 99, audit));
    },
    suspend(owner: string) {
      if (!suspended.delete(owner)) suspended.add(owner);
      state.revision += 1;
    },
    async sweep() {
      await keys.revokeStale(
        {
          unusedSince: state.now - DAY,
          approvedBefore: null,
          revokedAt: state.now,
          afterId: 0,
          limit: 1_000,
        },
        audit,
      );
      await store.deleteExpiredKeys({ before: state.now - 2 * DAY, afterId: 0, limit: 1_000 });
    },
    tick(ms: number) {
      if (ms < 0) {
        model.turnBack();
        state.hasTurnedBack = true;
      }
      state.now += ms;
    },
  };
}
