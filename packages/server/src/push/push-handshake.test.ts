import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createCertificate } from '@valetkey/test-support/push-certificate';
import { createReceiver } from '@valetkey/test-support/push-receiver';
import { expect, onTestFinished, test } from 'vitest';
import { createPushSender } from './push-sender.ts';
import { failure, pushTo } from './test-support/push-request.ts';

const certificate = createCertificate('push.example');
const send = createPushSender({
  allowsPrivateAddresses: true,
  now: () => 0,
  deadlineMs: 20_000,
  resolveHost: async () => [{ address: '127.0.0.1', family: 4 }],
  ca: certificate.cert,
});

/** A TLS receiver that accepts connections but delays the handshake. */
async function createSlowReceiver() {
  const receiver = await createReceiver(undefined, certificate);
  const held: Socket[] = [];
  const front = createServer((socket) => {
    held.push(socket);
    socket.on('error', () => {});
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  onTestFinished(() => {
    for (const socket of held) socket.destroy();
    front.close();
  });
  return {
    received: receiver.received,
    url: `https://push.example:${(front.address() as AddressInfo).port}/push`,
    nextConnection: () => once(front, 'connection'),
    shakeHands() {
      for (const socket of held.splice(0)) socket.pipe(connect(receiver.port, '127.0.0.1')).pipe(socket);
    },
  };
}

test('push: sends nothing for a key that is revoked during a slow TLS handshake', async () => {
  const receiver = await createSlowReceiver();
  let isActive = true;
  const push = pushTo(receiver.url, { makeBody: async () => (isActive ? '{}' : null) });
  const connected = receiver.nextConnection();
  const sending = send(push);
  await connected;
  isActive = false;
  receiver.shakeHands();
  expect(await sending).toEqual({ kind: 'nobody' });
  expect(receiver.received).toEqual([]);

  isActive = true;
  const connectedAgain = receiver.nextConnection();
  const sendingAgain = send(push);
  await connectedAgain;
  receiver.shakeHands();
  expect(await sendingAgain).toEqual({ kind: 'delivered' });
  expect(receiver.received).toHaveLength(1);
});

test('push: builds the body after the connection is established', async () => {
  const receiver = await createReceiver();
  const bodies = ['{"asked":1}', '{"asked":"twice"}', '{"asked":3}'];
  const makeBody = async () => bodies.shift() ?? null;
  expect(await send(pushTo(receiver.url, { makeBody }))).toEqual({ kind: 'delivered' });
  expect(receiver.received.map(({ body }) => body)).toEqual([{ asked: 'twice' }]);
  expect(bodies).toHaveLength(1);
});

test('push: does not connect if no key receives the push', async () => {
  const makeBody = async () => null;
  expect(await send(pushTo('http://127.0.0.1:1/', { makeBody }))).toEqual({ kind: 'nobody' });
});

test('push: reports a failure of the store before or after connecting, and sends nothing', async () => {
  const receiver = await createReceiver();
  for (const failsAt of [1, 2]) {
    let asked = 0;
    const makeBody = async () => {
      asked += 1;
      if (asked === failsAt) throw new Error('The store is gone.');
      return '{}';
    };
    await expect(send(pushTo(receiver.url, { makeBody }))).rejects.toThrow('The store is gone.');
  }
  expect(receiver.received).toEqual([]);
});

test('push: ends at the deadline if the handshake or the store never finishes', async () => {
  const receiver = await createSlowReceiver();
  const impatient = createPushSender({
    allowsPrivateAddresses: true,
    now: () => 0,
    deadlineMs: 100,
    resolveHost: async () => [{ address: '127.0.0.1', family: 4 }],
  });
  expect(await impatient(pushTo(receiver.url))).toEqual(failure('timeout'));
  let asked = 0;
  const makeBody = () => {
    asked += 1;
    return asked === 1 ? Promise.resolve('{}') : new Promise<never>(() => {});
  };
  const open = await createReceiver();
  expect(await impatient(pushTo(open.url, { makeBody }))).toEqual(failure('timeout'));
  expect(open.received).toEqual([]);
});
