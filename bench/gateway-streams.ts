// Measures the memory of the gateway while gigabytes stream through it in both directions, and how soon open WebSockets
// end after the revocation of their key. The gateway has its own process; service and clients share this one.
// Run: node_modules/.bin/node bench/gateway-streams.ts [--gigabytes 10] [--sockets 1000] (see bench/README.md)
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as sendRequest } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { quantile } from './report/statistics.ts';
import { printMachine, printTable } from './report/table.ts';

const { values } = parseArgs({
  options: { gigabytes: { type: 'string', default: '10' }, sockets: { type: 'string', default: '1000' } },
});
const GIGABYTE = 2 ** 30;
const part = Buffer.alloc(2 ** 18);

function* parts(bytes: number): Generator<Buffer> {
  for (let sent = 0; sent < bytes; sent += part.length) yield part;
}

const bytes = Number(values.gigabytes) * GIGABYTE;
const service = createServer(async (request, response) => {
  if (request.method === 'POST') request.resume().on('end', () => response.end());
  else await pipeline(Readable.from(parts(bytes)), response).catch(() => {});
});
service.on('upgrade', (_, socket: Socket) => {
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  socket.on('error', () => {}).on('end', () => socket.end());
});
service.listen(0, '127.0.0.1');
await once(service, 'listening');
const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
const child = fork(join(import.meta.dirname, 'gateway/gateway-process.ts'), [url, '2']);
const [{ port, keys }] = (await once(child, 'message')) as [{ port: number; keys: [string, string] }];
const [key, other] = keys;

const readMegabytes = (): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1_024;

/** Returns the largest memory while the stream runs. */
async function measureMemory(stream: () => Promise<unknown>): Promise<string[]> {
  const before = readMegabytes();
  const samples: number[] = [];
  const timer = setInterval(() => samples.push(readMegabytes()), 100);
  const start = performance.now();
  await stream();
  const seconds = (performance.now() - start) / 1_000;
  clearInterval(timer);
  const half = samples.length >> 1;
  const mb = (value: number) => value.toFixed(0);
  const [early, late] = [Math.max(...samples.slice(0, half)), Math.max(...samples.slice(half))];
  return [mb(bytes / 2 ** 20 / seconds), mb(before), mb(early), mb(late)];
}

async function download(): Promise<void> {
  const request = sendRequest(`http://127.0.0.1:${port}/topics/7`, {
    headers: { 'User-Api-Key': key },
  }).end();
  const [response] = await once(request, 'response');
  for await (const _ of response);
}

async function upload(): Promise<void> {
  const request = sendRequest(`http://127.0.0.1:${port}/any`, { method: 'POST' });
  const answered = once(request, 'response');
  await pipeline(Readable.from(parts(bytes)), request);
  const [response] = await answered;
  response.resume();
}

async function openSocket(owner: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `GET /topics/7 HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nUser-Api-Key: ${owner}\r\n\r\n`,
  );
  const [head] = await once(socket, 'data');
  if (!String(head).startsWith('HTTP/1.1 101')) throw new Error(`The WebSocket was refused: ${head}`);
  return socket;
}

/** Returns when each socket had its close frame, in milliseconds after the request that revokes the key was sent. */
async function measureRevocation(): Promise<number[]> {
  const sockets: Socket[] = [];
  const survivor = await openSocket(other);
  while (sockets.length < Number(values.sockets)) sockets.push(await openSocket(key));
  const start = performance.now();
  const times = sockets.map(async (socket) => {
    const [frame] = await once(socket, 'data');
    if (!(frame as Buffer).toString('latin1').startsWith('\x88\r\x03\xf0key_revoked'))
      throw new Error('The socket ended without the close frame.');
    return performance.now() - start;
  });
  await fetch(`http://127.0.0.1:${port}/user-api-key/revoke`, {
    method: 'POST',
    headers: { 'User-Api-Key': key },
  });
  const ended = await Promise.all(times);
  if (survivor.destroyed) throw new Error('The socket of another key ended.');
  survivor.destroy();
  return ended.toSorted((a, b) => a - b);
}

const down = await measureMemory(download);
const up = await measureMemory(upload);
const revoked = await measureRevocation();
child.disconnect();
service.close();
service.closeAllConnections();
printMachine();
printTable(
  [`${values.gigabytes} GB`, 'MB/s', 'memory before, MB', 'largest in first half', 'largest in second half'],
  [
    ['from the service', ...down],
    ['to the service', ...up],
  ],
);
printTable(
  ['WebSockets of one key', 'median, ms after the revocation was sent', 'last'],
  [[String(revoked.length), quantile(revoked, 0.5).toFixed(0), quantile(revoked, 1).toFixed(0)]],
);
