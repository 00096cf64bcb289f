import type { ServerResponse } from 'node:http';
import type { PushFailure, Store } from '@valetkey/server';
import { createReceiver } from '../push-receiver.ts';
import { createTestSite } from './test-site.ts';

export const DAY_MS = 86_400_000;

/** What bob’s answer to alice’s topic is pushed as. */
export const reply = {
  notificationType: 9,
  postUrl: '/t/plums/7/2',
  topicTitle: 'Whose <plums> are these?',
  topicId: 7,
  postNumber: 2,
  excerpt: 'An excerpt to find.',
  username: 'bob',
};

/** A site whose push URLs may be on this machine, and what went wrong there. */
export async function createPushSite(store: Store, pushUrls: readonly string[]) {
  const failures: PushFailure[] = [];
  const push = {
    dangerouslyAllowPrivateAddresses: true,
    onFailure: (failure: PushFailure) => void failures.push(failure),
  };
  const site = await createTestSite({ store, push });
  await site.valetkey.settings.set('allowed_user_api_push_urls', pushUrls.join('|'));
  return {
    ...site,
    failures,
    secret: () => site.valetkey.settings.current().push_api_secret_key,
    /** Tells alice’s apps, and waits until all that can be sent is. */
    async notify(changes: Partial<typeof reply> = {}) {
      await site.valetkey.notify('id-alice', { ...reply, ...changes });
      await site.valetkey.processPushQueue();
    },
    /** An hour and a half later whatever failed is tried again. */
    async tryAgain() {
      site.advance(5_400_001);
      await site.valetkey.processPushQueue();
    },
  };
}

export type PushSite = Awaited<ReturnType<typeof createPushSite>>;

/** Such a site, where alice has an app whose push URL is a receiver's. */
export async function createAnsweringSite(store: Store, answer?: Parameters<typeof createReceiver>[0]) {
  const receiver = await createReceiver(answer);
  const site = await createPushSite(store, [receiver.url]);
  const { key, push } = await site.approve({ scopes: 'push', push_url: receiver.url });
  return { ...site, ...receiver, key, push };
}

/** An answer that asks to come again. */
export const down = (response: ServerResponse): unknown => response.writeHead(503).end();
