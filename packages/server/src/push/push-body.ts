import type { Site } from '../ports/site.ts';
import type { PushKey } from './decide-push-keys.ts';

/**
 * Returns the body of one POST, with Discourse’s names in Discourse’s order: one copy of the notification for each
 * client of this push URL.
 *
 * @param notification a `PushedNotification` as JSON
 * @param secretKey `push_api_secret_key`, which authenticates the site to the receiver
 */
export function encodePushBody(
  notification: string,
  keys: readonly Pick<PushKey, 'clientId' | 'sentClientId'>[],
  site: Pick<Site, 'name' | 'baseUrl' | 'description'>,
  secretKey: string,
): string {
  const shared = JSON.parse(notification) as Record<string, unknown>;
  return JSON.stringify({
    secret_key: secretKey,
    url: site.baseUrl,
    title: site.name,
    description: site.description ?? '',
    notifications: keys.map(({ clientId, sentClientId }) => ({
      ...shared,
      client_id: sentClientId ?? clientId,
    })),
  });
}
