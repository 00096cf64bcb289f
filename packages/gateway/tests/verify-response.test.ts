import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

let service: Service;
let site: GatewaySite;
beforeAll(async () => {
  service = await startService();
  site = await startGatewaySite(configFor(service.url, 'forward_auth: { from: [127.0.0.1] }'));
});
afterAll(async () => {
  await site.close();
  await service.close();
});

const NAMES = ['client-id', 'jwt', 'key-id', 'scopes', 'user', 'user-id'].map((name) => `x-valetkey-${name}`);

/** Asks as a proxy does that passes all headers of the client on; returns the identity headers of the response. */
async function ask(kind: 'nginx' | 'forwarded', lines: readonly string[]): Promise<[string, string][]> {
  const own =
    kind === 'nginx'
      ? ['X-Original-Method: GET', 'X-Original-URI: /api/notes']
      : ['X-Forwarded-Method: GET', 'X-Forwarded-Uri: /api/notes'];
  const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
  const head = [
    `GET /valetkey/verify/${kind} HTTP/1.1`,
    'Host: wiki',
    'Connection: close',
    'X-Forwarded-For: 192.0.2.1',
  ];
  socket.write([...head, ...own, ...lines, '', ''].join('\r\n'));
  let text = '';
  for await (const chunk of socket) text += chunk;
  expect(text).toMatch(/^HTTP\/1\.1 204 /);
  return [...text.matchAll(/^(x.valetkey.[^:]*): *(.*)\r$/gim)].map(([, name = '', value = '']) => [
    name.toLowerCase(),
    value,
  ]);
}

const FORGED = [
  'X-Valetkey-User: mallory',
  'X-Valetkey-User: eve',
  'X_Valetkey_User: mallory',
  'X-Valetkey-New: mallory',
];

test.each(['nginx', 'forwarded'] as const)(
  'verify/%s returns each identity header once, whatever the client sent',
  async (kind) => {
    const key = await site.approve();
    for (const [lines, user] of [
      [[`User-Api-Key: ${key}`], 'alice'],
      [[], '-'],
    ] as const) {
      const headers = await ask(kind, [...FORGED, ...lines]);
      expect(headers.map(([name]) => name).sort()).toEqual(NAMES);
      expect(Object.fromEntries(headers)['x-valetkey-user']).toBe(user);
      expect(JSON.stringify(headers)).not.toMatch(/mallory|eve/);
    }
  },
);
