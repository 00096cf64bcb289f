import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { startForum } from '../src/index.ts';
import { CHEAP_PASSWORDS } from '../src/testing/start-test-site.ts';
import { PASSWORD } from './test-forum.ts';

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
  readonly cookies: readonly string[];
}

/** `fetch` does not allow the header `Host` to be set. */
function send(url: string, host: string | null, path: string, body?: object): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const options = {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...(host !== null && { host }) },
    setHost: false,
  };
  const sent = request(url + path, options, async (response) => {
    const chunks = await response.toArray();
    const cookies = response.headers['set-cookie'] ?? [];
    resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString(), cookies });
  });
  sent.on('error', reject).end(body && JSON.stringify(body));
  return promise;
}

async function start(): Promise<{ url: string; port: string }> {
  const started = await startForum({
    port: 0,
    host: '127.0.0.1',
    dataDir: null,
    passwordCost: CHEAP_PASSWORDS,
  });
  onTestFinished(() => started.close());
  return { url: started.url, port: new URL(started.url).port };
}

test('Host header: the forum’s own host and localhost are accepted with any port', async () => {
  const { url, port } = await start();
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'LOCALHOST', '127.0.0.1:9'])
    expect([host, (await send(url, host, '/latest.json')).status]).toEqual([host, 200]);
});

test.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '192.0.2.1', '[::1]'])(
  'Host header %s: rejected without starting a session',
  async (name) => {
    const { url, port } = await start();
    for (const host of [name, `${name}:${port}`]) {
      const login = { login: 'alice', password: PASSWORD };
      for (const answer of [
        await send(url, host, '/session/csrf.json'),
        await send(url, host, '/session.json', login),
        await send(url, host, '/user-api-key/new.json'),
        await send(url, host, '/latest'),
      ]) {
        expect([answer.status, answer.cookies]).toEqual([403, []]);
        expect(answer.body).toContain(`Open it as ${url}.`);
        expect(answer.body).not.toContain('evil');
      }
    }
  },
);
