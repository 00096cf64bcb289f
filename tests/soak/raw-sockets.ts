import { connect } from 'node:net';
import type { Target } from './target.ts';

/** A second request inside the first one. Its response would contain a CSRF token. */
const HIDDEN = 'GET /session/csrf.json HTTP/1.1\r\nHost: HOST\r\n\r\n';
const POST = 'POST /user-api-key/revoke HTTP/1.1\r\nHost: HOST\r\n';

/** Bytes that a client of HTTP would not send; `HOST` is replaced. */
const RAW_REQUESTS: Readonly<Record<string, string>> = {
  'no request': '',
  'only line ends': '\r\n'.repeat(1_000),
  'a half request line': 'GET /latest.json',
  'a half header': 'GET /latest.json HTTP/1.1\r\nHost: HO',
  'no host': 'GET /latest.json HTTP/1.1\r\n\r\n',
  'two hosts': 'GET / HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\n\r\n',
  'another host': 'GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n',
  'an invalid host': 'GET / HTTP/1.1\r\nHost: [::\r\n\r\n',
  'an absolute URL': 'GET http://evil.example/latest.json HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'a path without a slash': 'GET latest.json HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'a path of slashes': `GET ${'/'.repeat(5_000)} HTTP/1.1\r\nHost: HOST\r\n\r\n`,
  'an asterisk': 'OPTIONS * HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'an invalid percent sign': 'GET /t/%zz/%c0%ae HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'a zero byte in the path': 'GET /t/\0 HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'a line end in a header': 'GET / HTTP/1.1\r\nHost: HOST\r\nUser-Api-Key: a\rb\r\n\r\n',
  'a zero byte in a header': 'GET / HTTP/1.1\r\nHost: HOST\r\nUser-Api-Key: a\0b\r\n\r\n',
  'a folded header': 'GET / HTTP/1.1\r\nHost: HOST\r\nUser-Api-Key: a\r\n b\r\n\r\n',
  'a space before the colon': 'GET / HTTP/1.1\r\nHost: HOST\r\nUser-Api-Key : a\r\n\r\n',
  'a large header': `GET / HTTP/1.1\r\nHost: HOST\r\nX-A: ${'a'.repeat(100_000)}\r\n\r\n`,
  'many headers': `GET / HTTP/1.1\r\nHost: HOST\r\n${'X-A: a\r\n'.repeat(5_000)}\r\n`,
  'two keys':
    'GET /session/current.json HTTP/1.1\r\nHost: HOST\r\nUser-Api-Key: a\r\nUser-Api-Key: b\r\n\r\n',
  CONNECT: 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\n\r\n',
  TRACE: 'TRACE / HTTP/1.1\r\nHost: HOST\r\nUser-Api-Key: a\r\n\r\n',
  'an unknown method': 'BREW / HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'HTTP/1.0': 'GET /latest.json HTTP/1.0\r\nHost: HOST\r\n\r\n',
  'HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  TLS: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
  'an upgrade': 'GET / HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  'an upgrade to h2c':
    'GET / HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n',
  'a body that expects 100': `${POST}Expect: 100-continue\r\nContent-Length: 5\r\n\r\n`,
  'an unknown expectation': `${POST}Expect: something\r\nContent-Length: 0\r\n\r\n`,
  'a body that is too short': `${POST}Content-Length: 100\r\n\r\n{}`,
  'a negative length': `${POST}Content-Length: -1\r\n\r\n`,
  'a huge length': `${POST}Content-Length: 99999999999999999999\r\n\r\n`,
  'two lengths': `${POST}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`,
  'a length with a sign': `${POST}Content-Length: +5\r\n\r\nabcde`,
  'length and chunks': `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'chunks and length': `${POST}Transfer-Encoding: chunked\r\nContent-Length: ${HIDDEN.length}\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'an unknown encoding': `${POST}Transfer-Encoding: gzip\r\n\r\nabc${HIDDEN}`,
  'an encoding with a tab': `${POST}Transfer-Encoding:\tchunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'chunked twice': `${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${HIDDEN}`,
  'an invalid chunk length': `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n`,
  'a huge chunk length': `${POST}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc\r\n`,
  'a chunk that is too long': `${POST}Transfer-Encoding: chunked\r\n\r\n2\r\nabcdef\r\n0\r\n\r\n`,
  'a long chunk extension': `${POST}Transfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(50_000)}\r\na\r\n0\r\n\r\n`,
  'many small chunks': `${POST}Transfer-Encoding: chunked\r\n\r\n${'1\r\na\r\n'.repeat(5_000)}0\r\n\r\n`,
  'line ends without CR': 'GET /latest.json HTTP/1.1\nHost: HOST\n\n',
  'a thousand pipelined requests': 'GET /srv HTTP/1.1\r\nHost: HOST\r\n\r\n'.repeat(1_000),
};

const CONCURRENCY = 8;
const MAX_MS = 10_000;

/** Sends each of the raw requests once, each on a connection of its own. */
export async function sendRawRequests(target: Target): Promise<void> {
  const left = Object.entries(RAW_REQUESTS);
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) await sendOne(target, next[0], next[1]);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
}

async function sendOne({ url, report }: Target, name: string, text: string): Promise<void> {
  const { host, port } = new URL(url);
  const answer = await exchange(Number(port), text.replaceAll('HOST', host));
  const found = [...answer.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
  // A response 1xx comes before the final one.
  const statuses = found.filter((status) => status >= 200);
  report.count('raw socket', statuses[0] ?? 0);
  for (const status of statuses.slice(1).filter((each) => each >= 500))
    report.breakPromise('No request gets a 5xx response.', `${name}: ${status}`);
  if (text.includes(HIDDEN) && answer.includes('"csrf"'))
    report.breakPromise('A request cannot hide a second one.', name);
  if (/evil\.example/i.test(answer)) report.breakPromise('No response contains a foreign host.', name);
}

/** Returns everything that the site sends until it closes the connection, or for a short time. */
function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(Buffer.from(text, 'latin1'));
      // A connection that stays open has been answered, or awaits the rest of the request.
      socket.setTimeout(1_000, () => socket.destroy());
    });
    const limit = setTimeout(() => socket.destroy(), MAX_MS);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(limit);
      resolve(Buffer.concat(chunks).toString('latin1'));
    });
  });
}
