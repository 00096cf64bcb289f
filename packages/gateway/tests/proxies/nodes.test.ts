import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeWhen } from '@valetkey/test-support/describe-when';
import { findProgram } from '@valetkey/test-support/find-program';
import { afterEach, expect, test } from 'vitest';
import { type RunningProxy, type StartProxy, startCaddyNodes, startNginxNodes } from './start-proxy.ts';

interface Node {
  readonly address: string;
  readonly received: { readonly method: string; readonly forwardedFor: string | undefined }[];
  stop(): Promise<void>;
}

async function startNode(answer: 'respond' | 'hang up' = 'respond'): Promise<Node> {
  const received: Node['received'] = [];
  const server: Server = createServer(({ method = '', headers, socket }, response) => {
    received.push({ method, forwardedFor: headers['x-forwarded-for'] as string | undefined });
    if (answer === 'respond') response.end('served');
    else socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const proxies: Readonly<Record<string, StartProxy>> = { nginx: startNginxNodes, caddy: startCaddyNodes };

for (const [name, start] of Object.entries(proxies)) {
  describeWhen(findProgram(name) !== null)(`${name} in front of two nodes`, () => {
    const running: (RunningProxy | Node)[] = [];
    afterEach(async () => {
      for (const each of running.splice(0)) await each.stop();
    });

    async function startWith(one: Node, two: Node): Promise<string> {
      const edit = (text: string) =>
        text.replace('127.0.0.1:4801', one.address).replace('127.0.0.1:4802', two.address);
      const proxy = await start({ valetkey: '', service: '', edit });
      running.push(one, two, proxy);
      return proxy.url;
    }

    test('uses both, and overwrites X-Forwarded-For of the client', async () => {
      const nodes = [await startNode(), await startNode()] as const;
      const url = await startWith(...nodes);
      await Promise.all(
        Array.from({ length: 40 }, () => fetch(url, { headers: { 'X-Forwarded-For': '203.0.113.9' } })),
      );
      for (const { received } of nodes) expect(received.length).toBeGreaterThan(0);
      const forwarded = nodes.flatMap(({ received }) => received.map(({ forwardedFor }) => forwardedFor));
      expect(new Set(forwarded)).toEqual(new Set(['127.0.0.1']));
    });

    test('serves every request while one node is stopped', async () => {
      const nodes = [await startNode(), await startNode()] as const;
      const url = await startWith(...nodes);
      await nodes[0].stop();
      for (let request = 0; request < 10; request += 1)
        expect((await fetch(url, { method: request % 2 ? 'POST' : 'GET' })).status).toBe(200);
    });

    test('sends a POST that a node has received to no other node', async () => {
      const nodes = [await startNode('hang up'), await startNode('hang up')] as const;
      const url = await startWith(...nodes);
      expect((await fetch(url, { method: 'POST', body: 'a=b' })).status).toBe(502);
      expect(nodes[0].received.length + nodes[1].received.length).toBe(1);
    });
  });
}
