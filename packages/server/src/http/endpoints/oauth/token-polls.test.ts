import { createOauthDevice, DEVICE_GRANT } from '@valetkey/test-support/site/oauth-device';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { expect, test } from 'vitest';

async function createSite() {
  const site = await createTestSite();
  return { ...site, ...createOauthDevice(site) };
}

test('POST /oauth/token: returns authorization_pending for two polls, and for two polls one second early', async () => {
  const { start, token, advance } = await createSite();
  const started = await start();
  for (const pauseMs of [0, 0, 5_000, 0, 4_000, 0, 5_000, 300, 4_700, 0, 5_000]) {
    advance(pauseMs);
    expect(await token(started)).toMatchObject({ status: 400, error: 'authorization_pending' });
  }
  await token(started);
  expect(await token(started)).toMatchObject({ status: 400, error: 'slow_down' });
  advance(4_000);
  expect(await token(started)).toMatchObject({ error: 'authorization_pending' });
});

test('POST /oauth/token: slow_down and the rate limits never hide a decision', async () => {
  const { start, token, device, advance } = await createSite();
  const [approved, denied, late] = [await start(), await start({ client_id: 'tv' }), await start()];
  const all = [approved, denied, late];
  for (const started of all) for (let count = 0; count < 70; count += 1) await token(started);
  for (const started of all) expect(await token(started)).toMatchObject({ error: 'slow_down' });
  await device.approve(approved);
  const { approval_token = '' } = await device.type(denied.user_code);
  await device.deny({ approval_token });
  expect(await token(approved)).toMatchObject({ status: 200, token_type: 'Bearer' });
  expect(await token(approved)).toMatchObject({ status: 200, token_type: 'Bearer' });
  expect(await token(denied)).toMatchObject({ error: 'access_denied' });
  advance(600_000);
  expect(await token(late)).toMatchObject({ error: 'expired_token' });
});

test('POST /oauth/token: another client_id does not count as fetching the answer', async () => {
  const { start, token, device, advance } = await createSite();
  const started = await start();
  await device.approve(started);
  expect(await token(started, { client_id: 'another' })).toMatchObject({ error: 'invalid_grant' });
  expect(await device.poll(started)).toEqual({ status: 'expired_token' });
  advance(300_000);
  expect(await token(started)).toMatchObject({ status: 200 });
});

test('POST /oauth/token: an answer is kept until it is fetched, then for 60 seconds', async () => {
  const { start, token, device, advance } = await createSite();
  const [fetched, never] = [await start(), await start()];
  await device.approve(fetched);
  await device.approve(never);
  advance(500_000);
  const answer = await token(fetched);
  expect(answer).toMatchObject({ status: 200 });
  advance(59_999);
  expect(await token(fetched)).toEqual(answer);
  advance(1);
  expect(await token(fetched)).toMatchObject({ error: 'expired_token' });
  advance(40_000);
  expect(await token(never)).toMatchObject({ error: 'expired_token' });
});

test('POST /oauth/token: accepts white space around client_id, device_code and scope', async () => {
  const { start, token, device } = await createSite();
  const started = await start({ client_id: 'vm\n', scope: ' read\n' });
  await device.approve(started);
  const changes = {
    client_id: 'vm\r\n',
    device_code: `${started.device_code}\n`,
    grant_type: `${DEVICE_GRANT} `,
  };
  expect(await token(started, changes)).toMatchObject({ status: 200, scope: 'read' });
});
