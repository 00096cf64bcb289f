import { createDevice } from '@valetkey/test-support/site/device-site';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';

async function createSite() {
  const site = await createTestSite();
  return { ...site, device: createDevice(site) };
}

test('POST /user-api-key/device/poll: an answer is kept until it is fetched, then for 60 seconds', async () => {
  const { device, advance } = await createSite();
  const [fetched, never] = [await device.start(), await device.start({ client_id: 'other' })];
  await device.approve(fetched);
  await device.approve(never);
  advance(500_000);
  const answer = await device.poll(fetched);
  expect(answer).toMatchObject({ status: 'authorized' });
  advance(59_999);
  expect(await device.poll(fetched)).toEqual(answer);
  advance(1);
  expect(await device.poll(fetched)).toEqual({ status: 'expired_token' });
  advance(40_000);
  expect(await device.poll(never)).toEqual({ status: 'expired_token' });
});

test('POST /user-api-key/device/poll: no rate limit hides a decision', async () => {
  const { device } = await createSite();
  const [approved, denied] = [await device.start(), await device.start({ client_id: 'other' })];
  const path = '/user-api-key/device/poll.json';
  const poll = ({ device_code }: { device_code: string }) =>
    device.postJson(path, { device_code }, '203.0.113.5');
  const statuses: number[] = [];
  for (let count = 0; count < 40; count += 1)
    for (const started of [approved, denied]) statuses.push((await poll(started)).status);
  expect(statuses.slice(-20)).toEqual(Array(20).fill(429));
  await device.approve(approved);
  const { approval_token = '' } = await device.type(denied.user_code);
  await device.deny({ approval_token });
  expect(await (await poll(approved)).json()).toMatchObject({ status: 'authorized' });
  expect(await (await poll(denied)).json()).toEqual({ status: 'access_denied' });
});
