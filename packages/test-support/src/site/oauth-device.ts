import { createDevice, type Started } from './device-site.ts';
import type { TestSite } from './test-site.ts';

/** The grant type of RFC 8628. */
export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** Creates a device that uses the OAuth endpoints. Each request comes from another IP address. */
export function createOauthDevice(site: Pick<TestSite, 'send' | 'postFrom'>) {
  const device = createDevice(site);
  const postForm = (path: string, values: Record<string, string>, ipAddress = device.freshIpAddress()) =>
    site.send(path, { method: 'POST', body: new URLSearchParams(values) }, ipAddress);
  const sendRequest = (changes: Record<string, string> = {}, ipAddress?: string) =>
    postForm('/oauth/device_authorization', { client_id: 'tv', scope: 'read', ...changes }, ipAddress);
  return {
    device,
    sendRequest,
    async start(changes: Record<string, string> = {}): Promise<Started> {
      const response = await sendRequest(changes);
      if (response.status !== 200) throw new Error(await response.text());
      return (await response.json()) as Started;
    },
    /** Polls, and returns status and body. Throws if the response may be cached. */
    async token(
      { device_code }: Started,
      changes: Record<string, string> = {},
    ): Promise<Record<string, unknown>> {
      const values = { grant_type: DEVICE_GRANT, device_code, client_id: 'tv', ...changes };
      const response = await postForm('/oauth/token', values);
      if (response.headers.get('cache-control') !== 'no-store')
        throw new Error('The response may be cached.');
      return { status: response.status, ...((await response.json()) as object) };
    },
  };
}
