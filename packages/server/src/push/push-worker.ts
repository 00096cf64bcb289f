import type { Provider } from '../issue/provider.ts';
import type { ClaimedPush } from '../ports/push-store.ts';
import type { Site } from '../ports/site.ts';
import { decideCompletion } from './decide-completion.ts';
import { decidePushKeys } from './decide-push-keys.ts';
import { encodePushBody } from './push-body.ts';
import type { PushOutcome, PushProblem } from './push-outcome.ts';
import type { SendPush } from './push-sender.ts';

/** A failed push, for the operator of the site. Contains no secret and no part of the notification. */
export interface PushFailure {
  /** Host and port of the push URL, without its path, which may be secret. Null for a failure of the store. */
  readonly host: string | null;
  readonly problem: PushProblem;
  /** HTTP status of the response, if there was one. */
  readonly status: number | null;
  /** True if it is retried; false if the notification is lost for this push URL. */
  readonly willRetry: boolean;
}

/** Delivers what is queued. */
export interface PushWorker {
  /** Resolves when no push is due. Never rejects. */
  processQueue(): Promise<void>;
  /** Aborts running attempts and keeps their pushes queued; resolves when all have ended. */
  stop(): Promise<void>;
}

/** Longer than the deadline of an attempt, so a working node always finishes before its lease expires. */
const LEASE_MS = 10_000;

/** The number of push URLs served concurrently. Each has at most one POST, so a slow receiver takes one slot. */
const MAX_SLOTS = 16;

interface PushWorkerParts extends Pick<Provider, 'store' | 'settings' | 'now' | 'randomBytes'> {
  readonly appBlocks: Pick<Provider['appBlocks'], 'current'>;
  readonly site: Pick<Site, 'name' | 'baseUrl' | 'description' | 'findUser'>;
  readonly send: SendPush;
  readonly onFailure: (failure: PushFailure) => void;
}

export function createPushWorker(parts: PushWorkerParts): PushWorker {
  const { store, site, settings, appBlocks, now, randomBytes, send, onFailure } = parts;
  const slots = new Set<Promise<void>>();
  const stopping = new AbortController();

  function startSlot(): void {
    if (slots.size >= MAX_SLOTS || stopping.signal.aborted) return;
    const slot = runSlot()
      // A claimed push is available again when its lease expires.
      .catch(() => onFailure({ host: null, problem: 'store_failed', status: null, willRetry: true }))
      .finally(() => slots.delete(slot));
    slots.add(slot);
  }

  /** Each slot that finds a push starts another one, so there are as many as push URLs with due pushes. */
  async function runSlot(): Promise<void> {
    while (!stopping.signal.aborted) {
      const claim = await store.claimPush({ now: now(), leasedUntil: now() + LEASE_MS });
      if (!claim) return;
      startSlot();
      await deliver(claim);
    }
  }

  async function deliver(claim: ClaimedPush): Promise<void> {
    const { pushUrl, deliveryId } = claim;
    const outcome = await send({
      pushUrl,
      deliveryId,
      makeBody: () => makeBody(claim),
      signal: stopping.signal,
    });
    const completion = decideCompletion(claim, outcome, now(), jitter());
    await store.completePush(claim, completion);
    if (outcome.kind === 'failed') report(pushUrl, outcome, !completion.isDone);
  }

  /** Keys, user, blocks and list may have changed since the notification was queued; the current state decides. */
  async function makeBody({ userId, keyIds, pushUrl, notification }: ClaimedPush): Promise<string | null> {
    const [user, ...found] = await Promise.all([
      site.findUser(userId),
      ...keyIds.map((id) => store.findKey(id)),
    ]);
    const { push_api_secret_key: secretKey, ...rest } = settings.current();
    const keys = decidePushKeys(
      found.filter((key) => key !== null),
      user,
      { ...rest, blocks: appBlocks.current() },
      now(),
    ).filter((key) => key.pushUrl === pushUrl);
    return keys.length === 0 ? null : encodePushBody(notification, keys, site, secretKey);
  }

  function report(pushUrl: string, { problem, status }: Failed, willRetry: boolean): void {
    onFailure({ host: new URL(pushUrl).host, problem, status: status ?? null, willRetry });
  }

  /** From 0 to 1, exclusive. */
  const jitter = () => Buffer.from(randomBytes(4)).readUInt32BE() / 2 ** 32;

  return {
    async processQueue() {
      startSlot();
      while (slots.size > 0) await Promise.all(slots);
    },
    async stop() {
      stopping.abort();
      await Promise.all(slots);
    },
  };
}

type Failed = Extract<PushOutcome, { kind: 'failed' }>;
