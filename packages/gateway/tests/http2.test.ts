import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type ClientHttp2Session, connect, type OutgoingHttpHeaders } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificate } from '@valetkey/test-support/push-certificate';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-http2-'));
let service: Service;
let site: GatewaySite;
let session: ClientHttp2Session;
let key: string;
let onRequest: Parameters<typeof startService>[0];

beforeAll(async () => {
  const certificate = createCertificate('wiki.example');
  for (const [name, text] of Object.entries(certificate)) writeFileSync(join(folder, `${name}.pem`), text);
  service = await startService((request, response) => onRequest?.(request, response));
  const tls = `tls: { certificate: '${folder}/cert.pem', key: '${folder}/key.pem' }`;
  site = await startGatewaySite(configFor(service.url, tls), {}, {}, certificate.cert);
  session = connect(site.url, { ca: certificate.cert, servername: 'wiki.example' });
  key = await site.approve();
});
beforeEach(() => {
  onRequest = async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.setHeader('Set-Cookie', ['a=1', 'b=2']);
    response.end(JSON.stringify({ headers: request.headers, raw: request.rawHeaders, body }));
  };
});
afterAll(async () => {
  session.close();
  await site.close();
  await service.close();
  rmSync(folder, { recursive: true });
});

async function send(headers: OutgoingHttpHeaders, body?: string) {
  const stream = session.request(headers);
  stream.end(body);
  const [head] = await once(stream, 'response');
  let text = '';
  let trailers: object = {};
  stream.on('trailers', (received) => {
    trailers = received;
  });
  for await (const chunk of stream) text += chunk;
  return { head, text, trailers };
}

test('HTTP/2: a request with a key is verified and reaches the service over HTTP/1.1', async () => {
  const { head, text } = await send({
    ':path': '/api/notes',
    'user-api-key': key,
    x_valetkey_user: 'mallory',
  });
  expect(head[':status']).toBe(200);
  const { headers } = JSON.parse(text);
  expect(headers).toMatchObject({
    'x-valetkey-user': 'alice',
    'x-forwarded-proto': 'https',
    host: `wiki.example:${new URL(site.url).port}`,
  });
  expect(text).not.toMatch(/mallory|":(?:path|method|authority|scheme)"/);
  const refused = await send({ ':method': 'POST', ':path': '/api/notes', 'user-api-key': key }, 'x');
  expect([refused.head[':status'], JSON.parse(refused.text).code]).toEqual([403, 'scope_insufficient']);
});

test('HTTP/2: a body without a length, several cookies, and repeated Set-Cookie arrive', async () => {
  const { head, text } = await send({ ':method': 'POST', ':path': '/any', cookie: ['x=1', 'y=2'] }, 'text');
  const { body, raw } = JSON.parse(text) as { body: string; raw: string[] };
  expect(body).toBe('text');
  const cookies = raw.filter((_, at) => raw[at - 1]?.toLowerCase() === 'cookie');
  expect(cookies).toEqual(['x=1; y=2']);
  expect(head['set-cookie']).toEqual(['a=1', 'b=2']);
});

test('HTTP/2: a second host and an ambiguous path are refused', async () => {
  const paths = await Promise.all(
    ['//admin/x', '/a/%2e%2e/b', '/a\\b'].map((path) => send({ ':path': path })),
  );
  expect(paths.map(({ head }) => head[':status'])).toEqual([400, 400, 400]);
  const host = await send({ ':path': '/any', ':authority': 'wiki', host: 'other' });
  expect(host.head[':status']).toBe(400);
});

test('HTTP/2: trailers of a response arrive', async () => {
  onRequest = (_, response) => {
    response.writeHead(200, { Trailer: 'X-Sum' });
    response.write('text');
    response.addTrailers({ 'X-Sum': '42' });
    response.end();
  };
  expect(await send({ ':path': '/any' })).toMatchObject({ text: 'text', trailers: { 'x-sum': '42' } });
});

test('HTTP/2: a stream ends with its key, and the others of the connection stay', async () => {
  onRequest = (_, response) => void response.writeHead(200).write('data: 1\n\n');
  const own = await site.approve('bob');
  const ended = session.request({ ':path': '/api/live', 'user-api-key': own });
  const kept = session.request({ ':path': '/api/live', 'user-api-key': key });
  await Promise.all([once(ended, 'data'), once(kept, 'data')]);
  const closed = once(ended, 'close');
  ended.on('error', () => {});
  await site.revoke(own);
  await closed;
  expect(kept.closed).toBe(false);
  kept.close();
});

test('HTTP/2: a client that cancels a stream ends the request to the service', async () => {
  const arrived = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  onRequest = (_, response) => {
    response.on('close', () => left.resolve());
    arrived.resolve();
  };
  const stream = session.request({ ':path': '/any' });
  stream.on('error', () => {});
  await arrived.promise;
  stream.close(8);
  await left.promise;
});
