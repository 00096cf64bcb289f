import { keyRequest, type TestSite } from './test-site.ts';

/** The response to a device’s request. */
export interface Started {
  device_code: string;
  user_code: string;
  verification_uri: string;
  verification_uri_with_request: string;
  expires_in: number;
  interval: number;
}

/** The JSON responses of the verification pages. */
export interface ActivationAnswer {
  state: string;
  approval_token?: string;
  request_token?: string;
  device_auth?: Record<string, unknown>;
  invalid_code?: true;
  expired_code?: true;
  no_trust_level?: true;
  denied?: boolean;
}

/** Creates both sides of a device flow: the device and its user. */
export function createDevice(site: Pick<TestSite, 'send' | 'postFrom'>) {
  let ipAddresses = 0;
  /** Returns a new IP address, for requests that must not reach the limits of earlier ones. */
  const freshIpAddress = () => {
    ipAddresses += 1;
    return `198.51.100.${ipAddresses % 250}`;
  };

  const postJson = (path: string, body: unknown, ipAddress = freshIpAddress()) =>
    site.send(
      path,
      { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
      ipAddress,
    );
  const postForm = async (
    path: string,
    values: Record<string, string>,
    as: string,
    ipAddress = freshIpAddress(),
  ) => {
    const response = await site.postFrom(ipAddress, path, values, as);
    return (await response.json()) as ActivationAnswer;
  };

  return {
    freshIpAddress,
    postJson,
    sendRequest: (changes: Record<string, string | null> = {}, ipAddress?: string) =>
      postJson('/user-api-key/device.json', keyRequest({ auth_redirect: null, ...changes }), ipAddress),
    async start(changes: Record<string, string | null> = {}): Promise<Started> {
      const response = await this.sendRequest(changes);
      if (response.status !== 200) throw new Error(`The device was rejected: ${await response.text()}`);
      return (await response.json()) as Started;
    },
    async poll({ device_code }: { device_code: string }) {
      const response = await postJson('/user-api-key/device/poll.json', { device_code });
      return (await response.json()) as { status: string; payload?: string };
    },
    type: (code: string, as = 'alice', more: Record<string, string> = {}, ipAddress?: string) =>
      postForm('/user-api-key/activate.json', { code, ...more }, as, ipAddress),
    authorize: (values: Record<string, string>, as = 'alice', ipAddress?: string) =>
      postForm('/user-api-key/device/authorize.json', values, as, ipAddress),
    deny: (values: Record<string, string>, as = 'alice') =>
      postForm('/user-api-key/device/deny.json', values, as),
    /** Enters the code and approves. */
    async approve({ user_code }: Started, as = 'alice') {
      const { approval_token = '' } = await this.type(user_code, as);
      return this.authorize({ approval_token }, as);
    },
  };
}

/** Returns the token of the link that shows a request. */
export const requestTokenOf = (started: Started): string =>
  new URL(started.verification_uri_with_request).searchParams.get('request') ?? '';
