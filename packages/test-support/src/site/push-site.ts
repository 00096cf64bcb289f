import type { ServerResponse } from 'node:http';
import type { PushFailure, Store } from '@valetkey/server';
import { createReceiver } from '../push-receiver.ts';
import { createTestSite } from './test-site.ts';

export const DAY_MS = 86_400_000;

/** The push for bob’s reply to alice’s topic. */
export const reply = {
  notificationType: 9,
  postUrl: '/t/plums/7/2',
  topicTitle: 'Whose <plums> are these?',
  topicId: 7,
  postNumber: 2,
  excerpt: 'An excerpt to find.',
  username: 'bob',
};

/** Creates a site that may push to this machine, and records push failures. */
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
    /** Notifies alice, and resolves when all due pushes were sent. */
    async notify(changes: Partial<typeof reply> = {}) {
      await site.valetkey.notify('id-alice', { ...reply, ...changes });
      await site.valetkey.processPushQueue();
    },
    /** Advances the clock by an hour and a half, after which every failed push is retried. */
    async tryAgain() {
      site.advance(5_400_001);
      await site.valetkey.processPushQueue();
    },
  };
}

export type PushSite = Awaited<ReturnType<typeof createPushSite>>;

/** Creates such a site, where alice has a client whose push URL is a receiver. */
export async function createAnsweringSite(store: Store, answer?: Parameters<typeof createReceiver>[0]) {
  const receiver = await createReceiver(answer);
  const site = await createPushSite(store, [receiver.url]);
  const { key, push } = await site.approve({ scopes: 'push', push_url: receiver.url });
  return { ...site, ...receiver, key, push };
}

/** Responds with 503. */
export const down = (response: ServerResponse): unknown => response.writeHead(503).end();
