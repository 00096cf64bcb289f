import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PUBLIC_KEY } from '@valetkey/test-support/app-request';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import { createReceiver } from '@valetkey/test-support/push-receiver';
import { signIn } from '@valetkey/test-support/sign-in';
import { expect, onTestFinished, test } from 'vitest';

test('push: a delivery interrupted by kill -9 is repeated after the restart, with the same id', {
  timeout: 90_000,
}, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'valetkey-push-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
  let isAwake = false;
  const receiver = await createReceiver((response) => isAwake && response.end());
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
  await alice.send('POST', '/user-api-key.json', { ...app, public_key: PUBLIC_KEY });
  const raw = 'A basket of them stands at the gate.';
  const made = await alice.send('POST', '/posts.json', { title: 'Whose plums and pears are these?', raw });
  const { topic_id } = (await made.json()) as { topic_id: number };

  const arrived = receiver.nextArrival();
  await bob.send('POST', '/posts.json', { topic_id: String(topic_id), raw: 'They are mine, thank you.' });
  await arrived;
  await first.kill();

  isAwake = true;
  const again = receiver.nextArrival();
  const second = await start();
  onTestFinished(() => second.stop());
  await again;
  const ids = receiver.received.map(({ headers }) => headers['idempotency-key']);
  expect(ids).toHaveLength(2);
  expect(ids[0]).toMatch(/^"[0-9a-f]{32}"$/);
  expect(ids[1]).toBe(ids[0]);
});
