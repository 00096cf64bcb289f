// Measures what each part of a verification adds to a request, without sockets: the write to a socket takes most of the
// processor time of a request, and other programs affect it most. A server of node:http reads from a pair of streams in
// this process.
// Run: npm run bench:parts -- [--rounds 100]
import { hash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import { parseArgs } from 'node:util';
import { createInProcessUseLimiter } from '@valetkey/server';
import { nodeKeys } from '@valetkey/server/node';
import { createMemoryStore } from '@valetkey/server/store/memory';
import { addKeys, createBenchSite, ORIGIN } from './bench-site.ts';
import { topic } from './http/variants.ts';
import { summarize } from './report/statistics.ts';
import { printMachine, printTable } from './report/table.ts';
import { type Case, measureInTurn } from './verify/measure.ts';

const KEYS = 1_000;
const LIMITS = { perMinute: 20, perDay: 2_880 };
const ROUTE = 'topics#show';
const PARAMETERS = { topic_id: '7' };
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '100' } } });

const store = createMemoryStore();
const keys = await addKeys(store, KEYS);
const options = { store, keyCount: KEYS };
const site = await createBenchSite({ ...options, hasUsersRevision: false });
const siteWithRevision = await createBenchSite({ ...options, hasUsersRevision: true });
const adapter = nodeKeys(site.valetkey);
const known = new Map(keys.map((key, id) => [hash('sha256', key), `key:${id}`]));
const limiter = createInProcessUseLimiter();
let now = 0;

type Part = (request: IncomingMessage, response: ServerResponse, key: string) => unknown;
const PARTS: Readonly<Record<string, Part>> = {
  'bare handler': () => null,
  'SHA-256': (_request, _response, key) => hash('sha256', key),
  'SHA-256 and Map': (_request, _response, key) => known.get(hash('sha256', key)),
  'SHA-256, Map and limits': (_request, _response, key) => {
    now += 60_000 / KEYS;
    return limiter.use(known.get(hash('sha256', key)) ?? '', now, LIMITS);
  },
  'verify, users with a revision': ({ socket, headers }, _response, key) =>
    siteWithRevision.verify(key, socket.remoteAddress ?? '', headers['user-agent'] ?? null),
  'verify, a user per request': ({ socket, headers }, _response, key) =>
    site.verify(key, socket.remoteAddress ?? '', headers['user-agent'] ?? null),
  guard: (request, response) => adapter.guard(request, response, ROUTE, PARAMETERS),
  'endpoints + guard': (request, response) => {
    adapter.endpoints(request, response);
    return adapter.guard(request, response, ROUTE, PARAMETERS);
  },
  'two constant headers': (_request, response) => {
    response.setHeader('RateLimit-Policy', '"minute";q=20;w=60, "day";q=2880;w=86400');
    response.setHeader('RateLimit', '"minute";r=19;t=60, "day";r=2000;t=40000');
  },
};

const requests = keys.map((key) =>
  Buffer.from(
    `GET /topics/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nUser-Agent: bench\r\nOrigin: ${ORIGIN}\r\nUser-Api-Key: ${key}\r\n\r\n`,
  ),
);

function createCase([name, part]: readonly [string, Part]): Case {
  const server = createServer((request, response) => {
    part(request, response, String(request.headers['user-api-key']));
    response.setHeader('Content-Type', 'application/json');
    // In one write, because a response without `writeHead` has a length.
    response.end(JSON.stringify(topic('7', null)));
  });
  server.keepAliveTimeout = 0;
  const [client, connection] = duplexPair();
  server.emit('connection', connection);
  return {
    name,
    operationsPerRound: KEYS,
    async run() {
      for (const request of requests) await send(client, request);
    },
  };
}

function send(client: Duplex, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once('data', (chunk: Buffer) => {
      if (chunk.toString('latin1').startsWith('HTTP/1.1 200 ')) resolve();
      else reject(new Error(`The benchmark's own request was rejected: ${chunk}`));
    });
    client.write(request);
  });
}

// The first use of each key loads it.
for (const key of keys) {
  await site.verify(key, '127.0.0.1', null);
  await siteWithRevision.verify(key, '127.0.0.1', null);
}
const { cpu } = await measureInTurn(Object.entries(PARTS).map(createCase), Number(values.rounds));
const lowest = (name: string): number => summarize(cpu[name] ?? []).lowerQuartile / 1000;
printMachine();
console.log(`${KEYS} keys, ${values.rounds} rounds; lower quartiles of the processor time\n`);
printTable(
  ['', 'µs', 'added'],
  Object.keys(PARTS).map((name) => [
    name,
    lowest(name).toFixed(2),
    (lowest(name) - lowest('bare handler')).toFixed(2),
  ]),
);
process.exit();
