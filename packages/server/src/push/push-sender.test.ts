import { createReceiver } from '@valetkey/test-support/push-receiver';
import { expect, test } from 'vitest';
import { createPushSender } from './push-sender.ts';
import { failure, pushTo } from './test-support/push-request.ts';

const NOW = Date.UTC(2026, 10, 23, 12);

/** Sends like a site in development: private addresses are allowed. */
const sendWithin = (deadlineMs: number) =>
  createPushSender({ allowsPrivateAddresses: true, now: () => NOW, deadlineMs });
const sendAnywhere = sendWithin(20_000);

test('push sender: posts JSON with the same id in every attempt, without data of the site', async () => {
  const receiver = await createReceiver();
  expect(await sendAnywhere(pushTo(`${receiver.url}?a=1`))).toEqual({ kind: 'delivered' });
  const [{ path, headers, body } = {}] = receiver.received;
  expect([path, body]).toEqual(['/push?a=1', { title: 'Plümé' }]);
  expect(headers).toEqual({
    host: `127.0.0.1:${receiver.port}`,
    'content-type': 'application/json',
    'content-length': '19',
    accept: 'application/json',
    'user-agent': 'Valetkey',
    'idempotency-key': `"${'a'.repeat(32)}"`,
    connection: 'close',
  });
});

test('push sender: follows no redirect, in particular to private addresses', async () => {
  const inside = await createReceiver();
  for (const status of [301, 302, 303, 307, 308]) {
    const receiver = await createReceiver((response) =>
      response.writeHead(status, { location: inside.url }).end(),
    );
    const outcome = await sendAnywhere(pushTo(receiver.url));
    expect(outcome).toMatchObject({ kind: 'failed', problem: 'status', status, isPermanent: true });
  }
  expect(inside.received).toEqual([]);
});

test.each([
  [410, true],
  [404, true],
  [500, false],
  [503, false],
])('push sender: reports status %i, and whether a retry can succeed', async (status, isPermanent) => {
  const receiver = await createReceiver((response) =>
    response.writeHead(status, { 'retry-after': '30' }).end(),
  );
  expect(await sendAnywhere(pushTo(receiver.url))).toEqual({
    kind: 'failed',
    problem: 'status',
    status,
    isPermanent,
    retryAfterMs: isPermanent ? null : 30_000,
  });
});

test('push sender: stops reading an endless response', async () => {
  let written = 0;
  const receiver = await createReceiver((response) => {
    const chunk = Buffer.alloc(65_536);
    const fill = () => {
      while (!response.destroyed && response.write(chunk)) written += chunk.length;
    };
    response.on('drain', fill);
    fill();
  });
  expect(await sendAnywhere(pushTo(receiver.url))).toEqual({ kind: 'delivered' });
  expect(written).toBeLessThan(50_000_000);
});

test.each<[string, Parameters<typeof createReceiver>[0]]>([
  ['never answers', () => {}],
  ['sends incomplete headers', (response) => void response.socket?.write('HTTP/1.1 200 OK\r\nA: ')],
])('push sender: ends at the deadline if the receiver %s', async (_name, answer) => {
  const receiver = await createReceiver(answer);
  expect(await sendWithin(300)(pushTo(receiver.url))).toEqual(failure('timeout'));
});

test('push sender: ends at the deadline if DNS never answers', async () => {
  const resolveHost = () => new Promise<never>(() => {});
  const send = createPushSender({
    allowsPrivateAddresses: false,
    now: () => NOW,
    deadlineMs: 20,
    resolveHost,
  });
  expect(await send(pushTo('https://slow.example/'))).toEqual(failure('timeout'));
});

test('push sender: counts a 2xx status as delivered even if the body hangs', async () => {
  const receiver = await createReceiver((response) => void response.writeHead(202).write('…'));
  expect(await sendWithin(2_000)(pushTo(receiver.url))).toEqual({ kind: 'delivered' });
});

test.each<[string, Parameters<typeof createReceiver>[0]]>([
  ['closes the connection', (response) => response.socket?.destroy()],
  ['does not speak HTTP', (response) => response.socket?.end('220 mail.example ESMTP\r\n')],
  [
    'switches the protocol',
    (response) =>
      response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
  ],
  [
    'sends headers that are too long',
    (response) => response.socket?.end(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`),
  ],
])('push sender: fails and allows a retry if the receiver %s', async (_name, answer) => {
  const receiver = await createReceiver(answer);
  expect(await sendAnywhere(pushTo(receiver.url))).toEqual(failure('unreachable'));
});

test('push sender: fails and allows a retry if the connection is refused', async () => {
  expect(await sendAnywhere(pushTo('http://127.0.0.1:1/'))).toEqual(failure('unreachable'));
});

test('push sender: sends nothing if no key receives the push after the DNS query', async () => {
  const receiver = await createReceiver();
  expect(await sendAnywhere(pushTo(receiver.url, { makeBody: async () => null }))).toEqual({
    kind: 'nobody',
  });
  expect(receiver.received).toEqual([]);
});

test('push sender: stops immediately when it is aborted', async () => {
  const receiver = await createReceiver(() => {});
  const stop = new AbortController();
  const sending = sendAnywhere(pushTo(receiver.url, { signal: stop.signal }));
  await receiver.nextArrival();
  stop.abort();
  expect(await sending).toEqual({ kind: 'interrupted' });
  expect(await sendAnywhere(pushTo(receiver.url, { signal: stop.signal }))).toEqual({ kind: 'interrupted' });
  expect(receiver.received).toHaveLength(1);
});
