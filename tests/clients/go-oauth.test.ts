import { startTestSite, type TestSite } from '@valetkey/forum/testing';
import { describe, expect, onTestFinished, test } from 'vitest';

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const BASIC = `Basic ${Buffer.from('go-client:').toString('base64')}`;

interface DeviceAuthorization {
  readonly device_code: string;
  readonly user_code: string;
  readonly interval: number;
  readonly expires_in: number;
}

async function post(site: TestSite, path: string, values: Record<string, string>, headers: object = {}) {
  const response = await fetch(site.url + path, {
    method: 'POST',
    body: new URLSearchParams(values),
    headers: { ...headers },
  });
  return (await response.json()) as Record<string, string>;
}

/**
 * Polls as `golang.org/x/oauth2` does until it knows how the server authenticates clients: each poll is sent with Basic and, after
 * an error, again without. `slow_down` adds five seconds. The pause is `site.advance`.
 */
async function poll(
  site: TestSite,
  device: DeviceAuthorization,
  onPause: (elapsed: number) => Promise<void>,
  early = 0,
) {
  let { interval } = device;
  for (let elapsed = 0; elapsed < device.expires_in; ) {
    await site.advance(interval - early);
    elapsed += interval - early;
    await onPause(elapsed);
    const values = { client_id: 'go-client', grant_type: GRANT, device_code: device.device_code };
    let answer = await post(site, '/oauth/token', values, { authorization: BASIC });
    if (answer.error) answer = await post(site, '/oauth/token', values);
    if (answer.error === 'slow_down') interval += 5;
    else if (answer.error !== 'authorization_pending') return { answer, interval, elapsed };
  }
  throw new Error('The client gave up.');
}

async function startDevice() {
  const site = await startTestSite();
  onTestFinished(() => site.close());
  const asked = { client_id: 'go-client', scope: 'read' };
  const device = await post(site, '/oauth/device_authorization', asked);
  return { site, device: device as unknown as DeviceAuthorization };
}

describe('an OAuth client that polls in pairs, as golang.org/x/oauth2', () => {
  test.each([
    ['on time', 0],
    ['one second early', 1],
  ])('polls %s: gets an approval of the eighth minute, and never has to slow down', async (_when, early) => {
    const { site, device } = await startDevice();
    let isApproved = false;
    const onPause = async (elapsed: number) => {
      if (elapsed < 470 || isApproved) return;
      isApproved = true;
      await site.approveDevice(device.user_code);
    };
    const { answer, interval } = await poll(site, device, onPause, early);
    expect(answer).toMatchObject({ token_type: 'Bearer', scope: 'read' });
    expect(interval).toBe(5);
    const headers = { authorization: `Bearer ${answer.access_token}` };
    expect((await fetch(`${site.url}/latest.json`, { headers })).status).toBe(200);
  });

  test('gets a denial at the next poll', async () => {
    const { site, device } = await startDevice();
    const onPause = async (elapsed: number) => {
      if (elapsed === 60) await site.declineDevice(device.user_code);
    };
    const { answer, elapsed } = await poll(site, device, onPause);
    expect([answer.error, elapsed]).toEqual(['access_denied', 60]);
  });

  test('fetches an approval of minutes ago, and gets it again for a minute', async () => {
    const { site, device } = await startDevice();
    await site.approveDevice(device.user_code);
    await site.advance(300);
    const { answer } = await poll(site, device, async () => {});
    expect(answer.access_token).toMatch(/^[0-9a-f]{32}$/);
    const again = async () => (await poll(site, device, async () => {})).answer;
    await site.advance(50);
    expect(await again()).toEqual(answer);
    await site.advance(5);
    expect((await again()).error).toBe('expired_token');
  });
});
