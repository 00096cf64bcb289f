// An automatic tour of the six steps in which developers most often get stuck. It uses HTTP against a forum in its
// own process, and prints the requests and responses. A failed step ends it with exit code 1. The client side uses
// only Node’s own crypto and fetch, to show the protocol itself.
// Run: npm run demo
import { constants, generateKeyPairSync, privateDecrypt, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startForumProcess } from '@valetkey/test-support/forum-process';
import { signIn } from '@valetkey/test-support/sign-in';
import { expectStatus, narrate, printStep, shorten } from './narrate.ts';

const forum = await startForumProcess();
const received = Promise.withResolvers<string>();
const app: Server = createServer((request, response) => {
  received.resolve(request.url ?? '');
  response.end('You can go back to the app.');
});

try {
  await new Promise<void>((resolve) => void app.listen(0, '127.0.0.1', resolve));
  const redirect = `http://127.0.0.1:${(app.address() as AddressInfo).port}/cb`;
  narrate(`A forum runs at ${forum.url}. The demo plays an app, the user alice and an admin.`);

  printStep('Before: the admin allows redirects to programs on the user’s own computer');
  const admin = await signIn(forum.url, 'admin');
  const setting = 'allowed_user_api_auth_redirects';
  const allowed = 'discourse://auth_redirect|http://127.0.0.1/*';
  await expectStatus(200, admin.send('PUT', `/admin/site_settings/${setting}.json`, { [setting]: allowed }));

  printStep('1. The app creates a key pair');
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  narrate(shorten(publicKey.replaceAll('\n', ' ')));

  printStep('2. The app listens on a loopback address, its redirect');
  narrate(redirect);

  printStep('3. The app builds the URL that the user’s browser opens');
  const nonce = randomBytes(16).toString('hex');
  const parameters = new URLSearchParams({
    application_name: 'Demo App',
    client_id: randomUUID(),
    scopes: 'read,write',
    public_key: publicKey,
    auth_redirect: redirect,
    nonce,
    padding: 'oaep',
  });
  const ask = `${forum.url}/user-api-key/new?${parameters}`;
  for (const part of shorten(`GET ${ask}`, 150).split(/(?=&)/)) narrate(part);
  const anonymous = await expectStatus(302, fetch(ask, { redirect: 'manual' }));
  narrate(`without a session: 302 → ${shorten(anonymous.headers.get('location') ?? '', 25)}`);

  printStep('4. alice signs in and approves');
  const alice = await signIn(forum.url, 'alice');
  await expectStatus(200, alice.send('GET', `/user-api-key/new?${parameters}`));
  const approved = await expectStatus(
    302,
    alice.send('POST', '/user-api-key', Object.fromEntries(parameters)),
  );
  const location = approved.headers.get('location') ?? '';
  narrate(`302 → ${shorten(location)}`);
  await expectStatus(200, fetch(location));

  printStep('5. The app reads the payload from the redirect, decrypts it and compares the nonce');
  const sealed = new URL(await received.promise, redirect).searchParams.get('payload') ?? '';
  const key = { key: pair.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING };
  const payload = JSON.parse(privateDecrypt(key, Buffer.from(sealed, 'base64')).toString());
  if (payload.nonce !== nonce)
    throw new Error('The nonce in the payload differs from the nonce of the request.');
  narrate(
    JSON.stringify({
      ...payload,
      key: `${payload.key.slice(0, 4)}… (32 digits, not shown)`,
      nonce: 'the nonce of the request',
    }),
  );

  printStep('6. The app uses the key: it creates a topic as alice');
  const headers = { 'User-Api-Key': payload.key, 'Content-Type': 'application/json' };
  const post = {
    title: 'Created by an app, as alice',
    raw: 'The app never received a password.',
  };
  const created = await expectStatus(
    200,
    fetch(`${forum.url}/posts.json`, { method: 'POST', headers, body: JSON.stringify(post) }),
  );
  const { topic_id, username } = (await created.json()) as { topic_id: number; username: string };
  narrate(`POST /posts.json → topic ${topic_id} by ${username}`);
  const topic = await expectStatus(200, fetch(`${forum.url}/t/${topic_id}.json`));
  const { title } = (await topic.json()) as { title: string };
  narrate(`GET /t/${topic_id}.json, without any key → “${title}”`);
  if (title !== post.title || username !== 'alice')
    throw new Error('The topic differs from the created one.');

  printStep('After: alice’s key is revoked, and the site rejects it with the reason');
  await expectStatus(200, fetch(`${forum.url}/user-api-key/revoke`, { method: 'POST', headers }));
  const refused = await expectStatus(403, fetch(`${forum.url}/latest.json`, { headers }));
  const { code, errors, advice } = (await refused.json()) as {
    code: string;
    errors: string[];
    advice: string;
  };
  narrate(`403 ${code}: ${errors[0]} ${advice}`);
  if (code !== 'key_revoked') throw new Error('The error code should be key_revoked.');

  console.log('\nThe demo is complete. To try it in a browser: npm start');
} catch (error) {
  console.error(`\nThe demo failed: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  app.close();
  app.closeAllConnections();
  await forum.stop();
}
