import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GatewayLogEntry, parseConfig, startGateway } from '@valetkey/gateway';
import { createCertificate } from '@valetkey/test-support/push-certificate';
import { expect, onTestFinished, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { describeInChromium } from './describe-in-chromium.ts';

/** Starts a service whose WebSockets send the method of their request. Returns its port. */
async function startService(): Promise<number> {
  const server = createServer((_, response) => response.end('a page'));
  server.on('upgrade', ({ method = '', headers }, socket) => {
    onTestFinished(() => void socket.destroy());
    const text = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(text).digest('base64');
    const head = [
      'HTTP/1.1 101 x',
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${accept}`,
    ];
    socket.on('error', () => {}).write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(Buffer.from([0x81, method.length, ...Buffer.from(method)]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const configFor = (port: number) => `
name: Plum Wiki
base_url: https://wiki.example
listen: 127.0.0.1:0
tls: { certificate: ./cert, key: ./key }
upstream: http://127.0.0.1:${port}
store: ./data
accounts: { ask: { url: 'http://127.0.0.1:${port}/whoami', login: '/login?next={return_to}' } }
scopes: { notes_read: { sentence: Read your notes, routes: [GET /api/notes] } }
`;

describeInChromium('gateway with TLS', () => {
  test('a page opens a WebSocket over its HTTP/2 connection', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'valetkey-browser-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const certificate = createCertificate('wiki.example');
    for (const [name, text] of Object.entries(certificate)) writeFileSync(join(folder, name), text);
    const config = parseConfig(configFor(await startService()), join(folder, 'valetkey.yaml'), {});
    const ended = Promise.withResolvers<GatewayLogEntry>();
    const gateway = await startGateway(config, {
      log: (entry) => entry.path === '/live' && ended.resolve(entry),
    });
    onTestFinished(() => gateway.close());
    const browser = await launchChromium();
    onTestFinished(() => browser.close());
    const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    await page.goto(`${gateway.url}/any`);
    // A function as text: this file has no types of the browser.
    const received = await page.evaluate(`new Promise((resolve, reject) => {
      const socket = new WebSocket('/live');
      socket.onerror = () => reject(new Error('The WebSocket failed.'));
      socket.onmessage = ({ data }) => resolve(data);
    })`);
    expect(received).toBe('GET');
    await page.close();
    // The method of HTTP/1.1 is GET on this side too.
    expect(await ended.promise).toMatchObject({ method: 'CONNECT', status: 200 });
  });
});
