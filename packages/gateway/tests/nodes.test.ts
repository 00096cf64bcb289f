import { createTestDatabase, type TestDatabase } from '@valetkey/test-support/postgres/test-database';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../src/config/parse-config.ts';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

let database: TestDatabase;
let service: Service;
let accounts: Service;
let suspended: string[] = [];
const nodes: GatewaySite[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  service = await startService();
  accounts = await startService((request, response) => {
    const [, name = ''] = /user=(\w+)/.exec(request.headers.cookie ?? '') ?? [];
    response.end(JSON.stringify({ id: `id-${name}`, username: name, suspended: suspended.includes(name) }));
  });
});
afterEach(async () => {
  suspended = [];
  for (const node of nodes.splice(0)) await node.close();
  await accounts.close();
  await service.close();
  await database.drop();
});

const config = () =>
  configFor(service.url)
    .replace('./data', database.url)
    .replace(`${service.url}/whoami`, `${accounts.url}/account`);

async function startNode(): Promise<GatewaySite> {
  const node = await startGatewaySite(config());
  nodes.push(node);
  return node;
}

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

test('two gateways on one database: started at once, a key of one is valid on both, and a revocation too', async () => {
  const [one, two] = await Promise.all([startNode(), startNode()]);
  const key = await one.approve('alice');
  expect((await two.get('/api/notes', key)).status).toBe(200);
  expect(service.received.at(-1)?.headers).toMatchObject({ 'x-valetkey-user': 'alice' });
  await one.revoke(key);
  await expect
    .poll(() => two.get('/api/notes', key).then(codeOf), { interval: 5, timeout: 2_000 })
    .toBe('key_revoked');
});

test('two gateways on one database: an account that one found suspended has no key on the other', async () => {
  const [one, two] = [await startNode(), await startNode()];
  const key = await one.approve('bob');
  expect((await two.get('/api/notes', key)).status).toBe(200);
  suspended = ['bob'];
  await fetch(`${one.url}/valetkey/apps`, { headers: { cookie: 'user=bob' }, redirect: 'manual' });
  await expect
    .poll(() => two.get('/api/notes', key).then(({ status }) => status), { interval: 5, timeout: 2_000 })
    .toBe(403);
});

test('two gateways on one database: sign identity tokens with the same keys', async () => {
  const [one, two] = [await startNode(), await startNode()];
  const keysOf = async ({ url }: GatewaySite) =>
    (await fetch(`${url}/.well-known/valetkey/jwks.json`)).json();
  expect(await keysOf(one)).toEqual(await keysOf(two));
});

test('two gateways on one database: a route that one adds to a scope is not granted to older keys on the other', async () => {
  const [one, two] = [await startNode(), await startNode()];
  const key = await one.approve('carol');
  const text = config().replace('GET /api/live]', 'GET /api/live, GET /api/drafts]');
  for (const node of [one, two])
    await node.gateway.reload(() => parseConfig(text, `${node.folder}/valetkey.yaml`, {}));
  for (const node of [one, two]) {
    expect((await node.get('/api/notes', key)).status).toBe(200);
    expect(await codeOf(await node.get('/api/drafts', key))).toBe('scope_insufficient');
  }
});
