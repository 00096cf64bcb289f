import type { Provider } from '../issue/provider.ts';
import type { ClaimedPush } from '../ports/push-store.ts';
import type { Site } from '../ports/site.ts';
import { decideCompletion } from './decide-completion.ts';
import { decidePushKeys } from './decide-push-keys.ts';
import { encodePushBody } from './push-body.ts';
import type { PushOutcome, PushProblem } from './push-outcome.ts';
import type { SendPush } from './push-sender.ts';

/** A push that was not taken, for whoever runs the site. Holds no secret and nothing of what was pushed. */
export interface PushFailure {
  /** Host and port of the push URL; its path may be a secret of the receiver's. Null where it is about the store. */
  readonly host: string | null;
  readonly problem: PushProblem;
  /** Of the answer, where there was one. */
  readonly status: number | null;
  /** Whether it is tried again; otherwise the notification is lost for this push URL. */
  readonly willRetry: boolean;
}

/** Delivers what is queued. */
export interface PushWorker {
  /** Resolves when nothing is left that can be sent at this moment. Never rejects. */
  processQueue(): Promise<void>;
  /** Ends what is under way and leaves it queued; resolves when nothing is any more. */
  stop(): Promise<void>;
}

/** More than a deadline: whoever lives has settled before it is over. */
const LEASE_MS = 10_000;

/** Push URLs served at the same time. Each has one POST under way at most, so a slow one takes one of these places. */
const MAX_SLOTS = 16;

interface PushWorkerParts extends Pick<Provider, 'store' | 'settings' | 'now' | 'randomBytes'> {
  readonly site: Pick<Site, 'name' | 'baseUrl' | 'description' | 'findUser'>;
  readonly send: SendPush;
  readonly onFailure: (failure: PushFailure) => void;
}

export function createPushWorker(parts: PushWorkerParts): PushWorker {
  const { store, site, settings, now, randomBytes, send, onFailure } = parts;
  const slots = new Set<Promise<void>>();
  const stopping = new AbortController();

  function startSlot(): void {
    if (slots.size >= MAX_SLOTS || stopping.signal.aborted) return;
    const slot = runSlot()
      // Whatever was claimed comes back when its lease is over.
      .catch(() => onFailure({ host: null, problem: 'store_failed', status: null, willRetry: true }))
      .finally(() => slots.delete(slot));
    slots.add(slot);
  }

  /** Each lane that finds something to do opens the next, so that there are as many as push URLs that wait. */
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
    await store.settlePush(claim, completion);
    if (outcome.kind === 'failed') report(pushUrl, outcome, !completion.isDone);
  }

  /** What is true now decides, not what was when the notification was raised: keys, person and list may have changed. */
  async function makeBody({ userId, keyIds, pushUrl, notification }: ClaimedPush): Promise<string | null> {
    const [user, ...found] = await Promise.all([
      site.findUser(userId),
      ...keyIds.map((id) => store.findKey(id)),
    ]);
    const { push_api_secret_key: secretKey, ...rest } = settings.current();
    const keys = decidePushKeys(
      found.filter((key) => key !== null),
      user,
      rest,
      now(),
    ).filter((key) => key.pushUrl === pushUrl);
    return keys.length === 0 ? null : encodePushBody(notification, keys, site, secretKey);
  }

  function report(pushUrl: string, { problem, status }: Failed, willRetry: boolean): void {
    onFailure({ host: new URL(pushUrl).host, problem, status: status ?? null, willRetry });
  }

  /** From 0 up to 1. */
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
