import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startForumProcess } from '../../tools/demo/forum-process.ts';
import { signIn } from '../../tools/demo/person.ts';

const publicKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
const PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** A receiver that answers nothing until it is told to; `next` waits for one more POST. */
async function createReceiver() {
  const ids: (string | undefined)[] = [];
  let isAwake = false;
  const server = createServer((request, response) => {
    ids.push(request.headers['idempotency-key']?.toString());
    if (isAwake) response.end();
    server.emit('push');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`;
  return {
    url,
    ids,
    next: () => once(server, 'push'),
    wake() {
      isAwake = true;
    },
  };
}

test('a push that kill -9 cut off arrives after the restart, and says that it is the same', {
  timeout: 90_000,
}, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'valetkey-push-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  const receiver = await createReceiver();
  const start = () => startForumProcess(dataDir, ['--dangerously-push-to-private-addresses']);

  const first = await start();
  const admin = await signIn(first.url, 'admin');
  const setting = '/admin/site_settings/allowed_user_api_push_urls.json';
  await admin.send('PUT', setting, { allowed_user_api_push_urls: receiver.url });
  const [alice, bob] = [await signIn(first.url, 'alice'), await signIn(first.url, 'bob')];
  const app = {
    client_id: 'phone',
    nonce: 'n',
    scopes: 'push',
    application_name: 'Phone',
    push_url: receiver.url,
  };
  await alice.send('POST', '/user-api-key.json', { ...app, public_key: PEM });
  const raw = 'A basket of them stands at the gate.';
  const made = await alice.send('POST', '/posts.json', { title: 'Whose plums and pears are these?', raw });
  const { topic_id } = (await made.json()) as { topic_id: number };

  const arrived = receiver.next();
  await bob.send('POST', '/posts.json', { topic_id: String(topic_id), raw: 'They are mine, thank you.' });
  await arrived;
  await first.kill();

  receiver.wake();
  const again = receiver.next();
  const second = await start();
  onTestFinished(() => second.stop());
  await again;
  expect(receiver.ids).toHaveLength(2);
  expect(receiver.ids[0]).toMatch(/^"[0-9a-f]{32}"$/);
  expect(receiver.ids[1]).toBe(receiver.ids[0]);
});
