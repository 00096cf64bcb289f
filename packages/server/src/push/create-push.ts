import type { Provider } from '../issue/provider.ts';
import { enqueueNotification } from './enqueue-notification.ts';
import { type PushNotification, shapePushNotification } from './push-notification.ts';
import { createPushSender } from './push-sender.ts';
import { createPushWorker, type PushFailure } from './push-worker.ts';

/** How notifications are pushed. */
export interface PushOptions {
  /**
   * Allows push URLs with http, and with loopback and private addresses. For development and tests only: with it,
   * anyone who can change `allowed_user_api_push_urls` can make this server send requests into its own network
   * (SSRF). It is therefore an option of the program and not a setting. @default false
   */
  readonly dangerouslyAllowPrivateAddresses?: boolean | undefined;
  /** Called for each failed push, to log or count it. */
  readonly onFailure?: ((failure: PushFailure) => void) | undefined;
}

export interface Push {
  notify(userId: string, notification: PushNotification): Promise<void>;
  processQueue(): Promise<void>;
  stop(): Promise<void>;
}

/** How often the queue is polled for delayed pushes and those that a crash left. */
const POLL_INTERVAL_MS = 2_000;

export function createPush(provider: Provider, options: PushOptions): Push {
  const onFailure = (failure: PushFailure) => {
    try {
      options.onFailure?.(failure);
    } catch {
      // An error of the callback must not stop the delivery.
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
