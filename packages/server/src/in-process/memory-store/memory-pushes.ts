import type { PushStore, QueuedPush } from '../../ports/push-store.ts';

interface Target {
  failures: number;
  notBefore: number;
  claimedAt: number;
  leasedUntil: number;
}

/** The queue of pushes in memory. No method awaits, so each is atomic. */
export function createMemoryPushes(): PushStore {
  const targets = new Map<string, Target>();
  let queue: QueuedPush[] = [];
  let lastId = 0;

  const nextFor = (pushUrl: string) =>
    queue
      .filter((push) => push.pushUrl === pushUrl)
      .sort((a, b) => a.attempts - b.attempts || a.id - b.id)[0];

  return {
    async enqueuePush(push, maxQueued) {
      if (queue.filter(({ pushUrl }) => pushUrl === push.pushUrl).length >= maxQueued) return false;
      if (!targets.has(push.pushUrl))
        targets.set(push.pushUrl, { failures: 0, notBefore: 0, claimedAt: 0, leasedUntil: 0 });
      lastId += 1;
      queue.push({ ...push, id: lastId, attempts: 0 });
      return true;
    },
    async claimPush({ now, leasedUntil }) {
      const ready = [...targets]
        .filter(([, target]) => target.leasedUntil <= now && target.notBefore <= now)
        .sort(([, a], [, b]) => a.claimedAt - b.claimedAt);
      for (const [pushUrl, target] of ready) {
        const push = nextFor(pushUrl);
        if (!push) continue;
        target.claimedAt = now;
        target.leasedUntil = leasedUntil;
        return { ...push, targetFailures: target.failures, leasedUntil };
      }
      return null;
    },
    async completePush({ id, pushUrl, leasedUntil }, { isDone, targetFailures, notBefore }) {
      const target = targets.get(pushUrl);
      if (target?.leasedUntil !== leasedUntil) return false;
      target.leasedUntil = 0;
      target.failures = targetFailures;
      target.notBefore = notBefore;
      queue = isDone
        ? queue.filter((push) => push.id !== id)
        : queue.map((push) => (push.id === id ? { ...push, attempts: push.attempts + 1 } : push));
      return true;
    },
  };
}
