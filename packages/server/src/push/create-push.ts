import type { Provider } from '../issue/provider.ts';
import { enqueueNotification } from './enqueue-notification.ts';
import { type PushNotification, shapePushNotification } from './push-notification.ts';
import { createPushSender } from './push-sender.ts';
import { createPushWorker, type PushFailure } from './push-worker.ts';

/** How notifications are pushed. */
export interface PushOptions {
  /**
   * Whether push URLs may be http and lead to loopback and private networks. For development and tests alone: with it,
   * whoever may edit `allowed_user_api_push_urls` makes this server post into the network it stands in (SSRF). So it is
   * the program's to say and not a setting. @default false
   */
  readonly dangerouslyAllowPrivateAddresses?: boolean | undefined;
  /** Told of each push that was not taken, to be logged or counted. @default nobody is told */
  readonly onFailure?: ((failure: PushFailure) => void) | undefined;
}

export interface Push {
  notify(userId: string, notification: PushNotification): Promise<void>;
  processQueue(): Promise<void>;
  stop(): Promise<void>;
}

/** What waits for its time, or was left by a crash, is looked for this often. */
const POLL_INTERVAL_MS = 2_000;

export function createPush(provider: Provider, options: PushOptions): Push {
  const onFailure = (failure: PushFailure) => {
    try {
      options.onFailure?.(failure);
    } catch {
      // Whoever listens must not stop what is delivered.
    }
  };
  const allowsPrivateAddresses = options.dangerouslyAllowPrivateAddresses ?? false;
  const send = createPushSender({ allowsPrivateAddresses, now: provider.now });
  const worker = createPushWorker({ ...provider, send, onFailure });
  const polling = setInterval(() => void worker.processQueue(), POLL_INTERVAL_MS);
  polling.unref();

  return {
    async notify(userId, notification) {
      const shaped = shapePushNotification(notification, provider.site.baseUrl);
      const lost = { status: null, willRetry: false } as const;
      try {
        const full = await enqueueNotification(provider, userId, shaped);
        for (const pushUrl of full)
          onFailure({ ...lost, host: new URL(pushUrl).host, problem: 'queue_full' });
      } catch {
        onFailure({ ...lost, host: null, problem: 'store_failed' });
      }
      void worker.processQueue();
    },
    processQueue: worker.processQueue,
    async stop() {
      clearInterval(polling);
      await worker.stop();
    },
  };
}
