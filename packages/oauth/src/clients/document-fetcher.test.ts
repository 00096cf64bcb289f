import { createCertificate } from '@valetkey/test-support/push-certificate';
import { createReceiver } from '@valetkey/test-support/push-receiver';
import { describe, expect, test } from 'vitest';
import { createDocumentFetcher } from './document-fetcher.ts';

const URL_OF_DOCUMENT = new URL('https://client.example/metadata.json');
const certificate = createCertificate('client.example');
const PUBLIC = [{ address: '93.184.216.34', family: 4 }];
type Answer = Parameters<typeof createReceiver>[0];

/** Creates a fetcher that connects to a server of this test, after the check of the addresses. */
async function createFetch(answer: Answer, addresses = PUBLIC) {
  const { port, received } = await createReceiver(answer, certificate);
  const fetchDocument = createDocumentFetcher({
    resolveHost: async () => addresses,
    ca: certificate.cert,
    connectTo: { address: '127.0.0.1', port },
  });
  return { fetchDocument, received };
}

describe('createDocumentFetcher', () => {
  test('returns the text of a JSON document, and the seconds of Cache-Control', async () => {
    const { fetchDocument, received } = await createFetch((response) =>
      response
        .writeHead(200, { 'content-type': 'application/client+json', 'cache-control': 'public, max-age=90' })
        .end('{}'),
    );
    expect(await fetchDocument(URL_OF_DOCUMENT)).toEqual({ text: '{}', maxAgeSeconds: 90 });
    expect(received[0]?.headers.host).toBe('client.example');
  });

  test.each<[string, Answer]>([
    ['a redirect', (response) => response.writeHead(302, { location: 'https://client.example/b' }).end()],
    ['an error', (response) => response.writeHead(404, { 'content-type': 'application/json' }).end('{}')],
    ['another type', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('{}')],
    [
      'a similar type',
      (response) => response.writeHead(200, { 'content-type': 'application/jsonp' }).end('{}'),
    ],
    [
      'more than 5 KB',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(' '.repeat(5_121)),
    ],
    ['a closed connection', (response) => response.destroy()],
  ])('returns null for %s, after one request', async (_name, answer) => {
    const { fetchDocument, received } = await createFetch(answer);
    expect(await fetchDocument(URL_OF_DOCUMENT)).toBeNull();
    expect(received).toHaveLength(1);
  });

  test.each([
    ['127.0.0.1'],
    ['10.0.0.1'],
    ['169.254.169.254'],
    ['100.64.0.1'],
    ['0.0.0.0'],
    ['::1'],
    ['fd00::1'],
    ['::ffff:127.0.0.1'],
    ['2002:7f00:1::'],
    ['64:ff9b::7f00:1'],
  ])('sends nothing to %s, also beside a public address', async (address) => {
    const family = address.includes(':') ? 6 : 4;
    for (const addresses of [[{ address, family }], [...PUBLIC, { address, family }]]) {
      const { fetchDocument, received } = await createFetch((response) => response.end('{}'), addresses);
      expect(await fetchDocument(URL_OF_DOCUMENT)).toBeNull();
      expect(received).toEqual([]);
    }
  });

  test('sends nothing to an IP address in the URL that is not public', async () => {
    const { fetchDocument, received } = await createFetch((response) => response.end('{}'));
    for (const host of ['127.0.0.1', '[::1]', '[::ffff:10.0.0.1]', '2130706433', '0x7f.1']) {
      expect(await fetchDocument(new URL(`https://${host}/metadata.json`))).toBeNull();
    }
    expect(received).toEqual([]);
  });

  test('returns null for a certificate of another name', async () => {
    const { fetchDocument, received } = await createFetch((response) => response.end('{}'));
    expect(await fetchDocument(new URL('https://other.example/metadata.json'))).toBeNull();
    expect(received).toEqual([]);
  });
});
