import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type ClientHttp2Session, connect, type OutgoingHttpHeaders } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { createCertificate } from '@valetkey/test-support/push-certificate';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-http2-'));
let service: Service;
let site: GatewaySite;
let session: ClientHttp2Session;
let key: string;
let certificate: string;
let onRequest: Parameters<typeof startService>[0];

beforeAll(async () => {
  const created = createCertificate('wiki.example');
  certificate = created.cert;
  for (const [name, text] of Object.entries(created)) writeFileSync(join(folder, `${name}.pem`), text);
  service = await startService((request, response) => onRequest?.(request, response));
  const tls = `tls: { certificate: '${folder}/cert.pem', key: '${folder}/key.pem' }`;
  site = await startGatewaySite(configFor(service.url, tls), {}, {}, certificate);
  session = connect(site.url, { ca: certificate, servername: 'wiki.example' });
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

test.each(['TRACE', 'trace', 'TRACK'])('HTTP/2: %s is 501, and reaches nobody', async (method) => {
  let count = 0;
  onRequest = (_, response) => {
    count += 1;
    response.end();
  };
  for (const path of ['/any', '/user-api-key/new']) {
    const { head, text } = await send({ ':method': method, ':path': path });
    expect([head[':status'], text, count]).toEqual([501, '', 0]);
  }
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

/** A frame of HTTP/2 (RFC 9113 section 4.1). Node's client ends a stream before it cancels it, other clients do not. */
function frame(type: number, flags: number, stream: number, payload: readonly number[]): Buffer {
  const head = [0, payload.length >> 8, payload.length & 255, type, flags, 0, 0, 0, stream];
  return Buffer.from([...head, ...payload]);
}
const [DATA, HEADERS, RST_STREAM, SETTINGS] = [0, 1, 3, 4] as const;

test.each([0, 8])(
  'HTTP/2: a body that is cancelled with the code %i does not reach the service as a complete one',
  async (code) => {
    const first = Promise.withResolvers<void>();
    const end = Promise.withResolvers<string>();
    onRequest = (request) => {
      request.on('data', () => first.resolve());
      request.on('end', () => end.resolve('complete'));
      request.on('error', () => end.resolve('cut off'));
    };
    const socket = connectTls({
      port: Number(new URL(site.url).port),
      host: '127.0.0.1',
      rejectUnauthorized: false,
      ALPNProtocols: ['h2'],
    });
    socket.resume();
    await once(socket, 'secureConnect');
    // POST https://a/any in HPACK.
    const post = [0x83, 0x87, 0x04, 4, ...Buffer.from('/any'), 0x01, 1, ...Buffer.from('a')];
    socket.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    socket.write(
      Buffer.concat([frame(SETTINGS, 0, 0, []), frame(HEADERS, 4, 1, post), frame(DATA, 0, 1, [1, 2, 3])]),
    );
    await first.promise;
    socket.write(frame(RST_STREAM, 0, 1, [0, 0, 0, code]));
    expect(await end.promise).toBe('cut off');
    socket.destroy();
  },
);

test.each([
  ['in one header', { 'x-large': 'a'.repeat(17_000) }],
  ['in many', Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`x-${at}`, 'a'.repeat(170)]))],
])(
  'HTTP/2: headers beyond limits.header_bytes are refused, %s, before and after the client knows the limit',
  async (_, headers) => {
    let count = 0;
    onRequest = (_request, response) => {
      count += 1;
      response.end();
    };
    const own = connect(site.url, { ca: certificate, servername: 'wiki.example' });
    for (const settled of [Promise.resolve(), once(own, 'remoteSettings')]) {
      await settled;
      const stream = own.request({ ':path': '/any', ...headers });
      stream.on('error', () => {});
      const status = Promise.withResolvers<number>();
      stream.on('response', (head) => status.resolve(Number(head[':status'])));
      // With the limit known, the stream is reset.
      stream.on('close', () => status.resolve(431));
      expect([await status.promise, count]).toEqual([431, 0]);
    }
    own.close();
  },
);

test('HTTP/2: a body that is shorter than its length does not reach the service as an empty one', async () => {
  const bodies: string[] = [];
  onRequest = (request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => void bodies.push(body));
    request.on('error', () => {});
    response.end();
  };
  const stream = session.request({ ':method': 'POST', ':path': '/any', 'content-length': '10' });
  const closed = once(stream, 'close').catch(() => {});
  stream.on('error', () => {});
  stream.end('abc');
  await closed;
  // A request on the same connection to the service, which it reads later.
  const { head } = await send({ ':method': 'POST', ':path': '/any' }, 'whole');
  expect([head[':status'], bodies]).toEqual([200, ['whole']]);
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
