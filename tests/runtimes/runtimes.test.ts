import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestSite, type TestSite } from '@valetkey/forum/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bundle } from '../bundle/bundle.ts';
import { BROWSERS, openBrowser, PROGRAMS, runProgram, SERVER_PROGRAMS } from './runtimes.ts';

const COMMON = [
  'opens every vector, OpenSSL’s with PKCS#1 v1.5 among them',
  'opens OAEP with a key that cannot be exported',
  'tells apart what is wrong with an answer',
  'the complete request flow with OAEP',
  'the complete request flow with PKCS#1 v1.5',
  'device: a person types the code anywhere, and the key works',
  'device: the person’s no, and the app’s own signal, end the wait',
  'custom scheme: the answer is what the system hands over, whatever a page sent before',
];

const folder = mkdtempSync(join(tmpdir(), 'valetkey-runtimes-'));
const file = join(folder, 'program.mjs');
const serverFile = join(folder, 'server-program.mjs');
let forum: TestSite;
let server: Server;
let origin: string;
let pageCode: string;
let report: (text: string) => void = () => {};

beforeAll(async () => {
  const bundled = (name: string) => bundle(join(import.meta.dirname, name));
  const [started, forNode, forPages, ofSite] = await Promise.all([
    startTestSite(),
    bundled('node-program.ts'),
    bundled('page-program.ts'),
    bundled('server-program.ts'),
  ]);
  forum = started;
  pageCode = forPages.code;
  writeFileSync(file, forNode.code);
  writeFileSync(serverFile, ofSite.code);
  server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '', origin).pathname;
    const action = USER_ACTIONS[path];
    if (action) {
      const told = await action(await read(request)).catch(String);
      return response.setHeader('content-type', 'application/json').end(JSON.stringify(told ?? null));
    }
    if (path === '/report') {
      report(await read(request));
      return response.end();
    }
    const isScript = path === '/program.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(
      isScript
        ? pageCode
        : '<!doctype html><title>Checks</title><script type="module" src="/program.js"></script>',
    );
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await forum.changeSettings({
    allowed_user_api_auth_redirects: 'http://127.0.0.1/*|myapp://callback',
    cors_origins: origin,
  });
});
// All runtimes run within a minute on one computer, so the forum’s clock is advanced between them.
beforeEach(() => forum.advance(60));
afterAll(async () => {
  server?.close();
  server?.closeAllConnections();
  await forum?.close();
  rmSync(folder, { recursive: true });
});

/** What alice does in a browser when a program requests it. */
const USER_ACTIONS: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
  '/approve': (address) => forum.approve(address, 'alice'),
  '/approve-device': (code) => forum.approveDevice(code, 'alice'),
  '/decline-device': (code) => forum.declineDevice(code, 'alice'),
};

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

const nextReport = (): Promise<unknown> =>
  new Promise((resolve) => {
    report = (text) => resolve(JSON.parse(text));
  });
const installed = (runtimes: typeof PROGRAMS) => runtimes.filter(({ program }) => program !== null);

test('runtimes: all are installed in CI', () => {
  const missing = [...PROGRAMS, ...SERVER_PROGRAMS, ...BROWSERS]
    .filter(({ program }) => program === null)
    .map(({ name }) => name);
  expect(process.env.CI ? missing : []).toEqual([]);
});

test.each(installed(PROGRAMS))('$name: passes all checks', { timeout: 240_000 }, async (runtime) => {
  const reported = nextReport();
  await runProgram(runtime, file, forum.url, origin, `${origin}/report`);
  expect(await reported).toEqual([
    ...COMMON,
    'loopback: the browser’s visit brings the key',
    'a server’s login counts once',
  ]);
});

test.each(installed(SERVER_PROGRAMS))(
  '$name: runs a site: approve, verify, restart, revoke',
  async (runtime) => {
    await runProgram(runtime, serverFile);
  },
);

test.each(installed(BROWSERS))(
  '$name: passes all checks in a page',
  { timeout: 240_000 },
  async (runtime) => {
    const reported = nextReport();
    const query = new URLSearchParams({ site: forum.url });
    const close = openBrowser(runtime, `${origin}/?${query}`);
    try {
      expect(await reported).toEqual([
        ...COMMON,
        'a page’s login waits in IndexedDB and counts once',
        'the answer is taken out of the page’s address',
        'redirect: the site redirects back to the page, and the key works',
      ]);
    } finally {
      await close();
    }
  },
);
