import { createDevice, requestTokenOf, type Started } from '@valetkey/test-support/site/device-site';
import { createTestSite } from '@valetkey/test-support/site/test-site';
import { describe, expect, test } from 'vitest';

const HERE = '203.0.113.5';

async function createSite() {
  const site = await createTestSite();
  const device = createDevice(site);
  const users = ['alice', 'bob', 'admin'];
  return {
    ...site,
    device,
    /** Returns the status of one attempt to enter a code. */
    async tryCode(code: string, as = 'alice', ipAddress = device.freshIpAddress()) {
      return (await site.postFrom(ipAddress, '/user-api-key/activate.json', { code }, as)).status;
    },
    async look(request: string, as = 'alice', ipAddress = device.freshIpAddress()) {
      const headers = { cookie: `session=${as}` };
      return (await site.send(`/user-api-key/activate.json?request=${request}`, { headers }, ipAddress))
        .status;
    },
    async poll({ device_code }: Pick<Started, 'device_code'>, ipAddress = device.freshIpAddress()) {
      return (await device.postJson('/user-api-key/device/poll.json', { device_code }, ipAddress)).status;
    },
    somebody: (count: number) => users[count % users.length] ?? '',
  };
}

async function statuses(count: number, act: (index: number) => Promise<number>): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => act(index)));
}

const passed = (all: readonly number[]): number => all.filter((status) => status === 200).length;

describe('device flow: rate limits', () => {
  test('20 requests a minute from an IP address, with the seconds to wait', async () => {
    const { device, advance } = await createSite();
    const answers = await Promise.all(Array.from({ length: 50 }, () => device.sendRequest({}, HERE)));
    expect(passed(answers.map(({ status }) => status))).toBe(20);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('60');
    expect(await refused?.json()).toMatchObject({ code: 'rate_limited', extras: { wait_seconds: 60 } });
    expect((await device.sendRequest({}, '203.0.113.6')).status).toBe(200);
    advance(60_000);
    expect((await device.sendRequest({}, HERE)).status).toBe(200);
  });

  test('the addresses of an IPv6 network count as one', async () => {
    const { device } = await createSite();
    const all = await statuses(
      50,
      async (index) => (await device.sendRequest({}, `2001:db8:1:2::${index.toString(16)}`)).status,
    );
    expect(passed(all)).toBe(20);
    expect((await device.sendRequest({}, '2001:db8:1:3::1')).status).toBe(200);
  });

  test('60 polls a minute from an IP address, and for a code from all addresses', async () => {
    const { device, poll } = await createSite();
    const started = await device.start();
    expect(passed(await statuses(99, (index) => poll({ device_code: `${index}` }, HERE)))).toBe(60);
    expect(passed(await statuses(99, () => poll(started)))).toBe(60);
  });

  test('10 attempts a minute for a user, whatever the code', async () => {
    const { tryCode, advance } = await createSite();
    expect(passed(await statuses(30, (index) => tryCode(`BADCDEF${(index % 8) + 2}`)))).toBe(10);
    expect(await tryCode('', 'bob')).toBe(200);
    advance(60_000);
    expect(await tryCode('')).toBe(200);
  });

  test('10 attempts a minute for a code in all spellings, by all users', async () => {
    const { device, tryCode, somebody } = await createSite();
    const { user_code } = await device.start();
    const spellings = [user_code, user_code.toLowerCase(), user_code.replace('-', ''), ` ${user_code} `];
    const all = await statuses(30, (index) => tryCode(spellings[index % 4] ?? '', somebody(index)));
    expect(passed(all)).toBe(10);
  });

  test('30 attempts an hour from an IP address; a correct code resets nothing', async () => {
    const { device, tryCode, somebody, advance } = await createSite();
    const all: number[] = [];
    for (let count = 0; count < 40; count += 1) {
      const code = count === 25 ? (await device.start()).user_code : `BADCDE${(count % 8) + 2}2`;
      all.push(await tryCode(code, somebody(count), HERE));
      advance(10_000);
    }
    expect(all.slice(0, 30)).toEqual(Array(30).fill(200));
    expect(all.slice(30)).toEqual(Array(10).fill(429));
    advance(3_600_000);
    expect(await tryCode('', 'alice', HERE)).toBe(200);
  });

  test('a code entered on the page of a link counts too', async () => {
    const { device, postFrom, tryCode } = await createSite();
    const started = await device.start();
    const values = { request: requestTokenOf(started), code: 'BADC-2345' };
    const authorize = () =>
      postFrom(device.freshIpAddress(), '/user-api-key/device/authorize.json', values, 'alice');
    const all = await statuses(12, async () => (await authorize()).status);
    expect(passed(all)).toBe(10);
    expect(await tryCode(started.user_code)).toBe(429);
  });

  test('30 lookups a minute for a user and for a token, 120 an hour from an IP address', async () => {
    const { look, somebody, advance } = await createSite();
    expect(passed(await statuses(40, (index) => look(`AbCdEf${10 + index}`)))).toBe(30);
    advance(60_000);
    expect(passed(await statuses(60, (index) => look('AbCd_-12', somebody(index))))).toBe(30);
    advance(60_000);
    const all: number[] = [];
    for (let count = 0; count < 130; count += 1) {
      all.push(await look(`AbCde${100 + count}`, somebody(count), HERE));
      advance(2_000);
    }
    expect(passed(all)).toBe(120);
  });

  test('a decision with an approval token is not limited by them', async () => {
    const { device, tryCode } = await createSite();
    const started = await device.start();
    const { approval_token = '' } = await device.type(started.user_code, 'alice', {}, HERE);
    await statuses(40, () => tryCode('BADC-2345', 'alice', HERE));
    expect(await device.authorize({ approval_token }, 'alice', HERE)).toMatchObject({ state: 'complete' });
  });
});
