import { createCertificate } from '@valetkey/test-support/push-certificate';
import { createReceiver } from '@valetkey/test-support/push-receiver';
import { expect, test } from 'vitest';
import type { ResolveHost } from './find-target-addresses.ts';
import { createPushSender } from './push-sender.ts';
import { failure, pushTo } from './test-support/push-request.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const loopback = { address: '127.0.0.1', family: 4 };

/** Sends like a site in production, with the test’s DNS answers; each query takes the next one. */
function createStrictSender(...answers: Awaited<ReturnType<ResolveHost>>[]) {
  const asked: string[] = [];
  const resolveHost: ResolveHost = async (hostname) => {
    asked.push(hostname);
    return answers[Math.min(asked.length, answers.length) - 1] ?? [];
  };
  return {
    asked,
    send: createPushSender({ allowsPrivateAddresses: false, now: () => NOW, resolveHost }),
  };
}
test('push sender: connects to the address that was checked, also if DNS changes meanwhile (DNS rebinding)', async () => {
  const receiver = await createReceiver();
  const asked: string[] = [];
  const checked = { address: '127.0.0.1', family: 4 };
  const rebound = { address: '127.0.0.9', family: 4 };
  const send = createPushSender({
    allowsPrivateAddresses: true,
    now: () => NOW,
    resolveHost: async (name) => (asked.push(name) === 1 ? [checked] : [rebound]),
  });
  // The name does not exist: a second DNS query would fail or return the other address.
  expect(await send(pushTo(`http://rebinding.invalid:${receiver.port}/push`))).toEqual({ kind: 'delivered' });
  expect(asked).toEqual(['rebinding.invalid']);
  expect(receiver.received[0]?.headers.host).toBe(`rebinding.invalid:${receiver.port}`);
});

test('push sender: resolves the name for every attempt, and rejects it once it has a private address', async () => {
  const receiver = await createReceiver();
  const { send, asked } = createStrictSender([{ address: '192.0.2.1', family: 4 }], [loopback]);
  const url = `https://rebinding.invalid:${receiver.port}/push`;
  for (let attempt = 0; attempt < 2; attempt += 1)
    expect(await send(pushTo(url))).toEqual(failure('private_address'));
  expect(asked).toHaveLength(2);
  expect(receiver.received).toEqual([]);
});

test.each([
  ['a private address', [{ address: '10.0.0.1', family: 4 }]],
  ['a public and a private address', [{ address: '8.8.8.8', family: 4 }, loopback]],
  ['a private and a public address', [loopback, { address: '8.8.8.8', family: 4 }]],
  ['an IPv4-mapped private address', [{ address: '::ffff:10.0.0.1', family: 6 }]],
])('push sender: sends nothing to a name with %s, and builds no body', async (_name, addresses) => {
  const makeBody = async () => {
    throw new Error('The body was asked for.');
  };
  expect(await createStrictSender(addresses).send(pushTo('https://inside.example/', { makeBody }))).toEqual(
    failure('private_address'),
  );
});

test.each([
  '127.0.0.1',
  '127.1',
  '0x7f.0.0.1',
  '2130706433',
  '0',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '169.254.169.254',
])('push sender: sends nothing to the private address https://%s/ in any notation', async (host) => {
  const { send, asked } = createStrictSender();
  expect(await send(pushTo(`https://${host}/latest/meta-data`))).toEqual(failure('private_address'));
  expect(asked).toEqual([]);
});

test('push sender: sends nothing without https', async () => {
  const { send } = createStrictSender([{ address: '8.8.8.8', family: 4 }]);
  expect(await send(pushTo('http://push.example/'))).toEqual(failure('not_https', true));
});

test('push sender: reports name_not_found for a name without an address', async () => {
  expect(await createStrictSender([]).send(pushTo('https://nowhere.invalid/'))).toEqual(
    failure('name_not_found'),
  );
  const send = createPushSender({
    allowsPrivateAddresses: false,
    now: () => NOW,
    resolveHost: () => Promise.reject(new Error('ENOTFOUND')),
  });
  expect(await send(pushTo('https://nowhere.invalid/'))).toEqual(failure('name_not_found'));
});

test('push sender: verifies the certificate for the host of the push URL', async () => {
  const { cert, key } = createCertificate('push.example');
  const receiver = await createReceiver(undefined, { cert, key });
  const parts = { allowsPrivateAddresses: true, now: () => NOW, resolveHost: async () => [loopback] };
  const trusting = createPushSender({ ...parts, ca: cert });
  expect(await trusting(pushTo(`https://push.example:${receiver.port}/`))).toEqual({ kind: 'delivered' });
  expect(await trusting(pushTo(`https://other.example:${receiver.port}/`))).toEqual(failure('unreachable'));
  expect(await createPushSender(parts)(pushTo(`https://push.example:${receiver.port}/`))).toEqual(
    failure('unreachable'),
  );
  expect(receiver.received).toHaveLength(1);
});
