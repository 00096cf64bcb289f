import { afterEach, expect, test } from 'vitest';
import { configFor, type GatewaySite, startGatewaySite } from './support/gateway-site.ts';
import { type Service, startService } from './support/start-service.ts';

let service: Service;
let site: GatewaySite;
afterEach(async () => {
  await site.close();
  await service.close();
});

async function start(from: string): Promise<void> {
  service = await startService();
  const header = `header: { id: X-Auth-Id, username: X-Auth-User, groups: X-Auth-Groups, admin: X-Auth-Admin, login: '/login?next={return_to}', from: [${from}] }`;
  site = await startGatewaySite(configFor(service.url).replace(/ask: .*/, header));
}

const SIGNED_IN = { 'X-Auth-Id': '7', 'X-Auth-User': 'alice', 'X-Auth-Admin': 'true' };
const open = (path: string, headers: Record<string, string>) =>
  fetch(site.url + path, { headers, redirect: 'manual' });

test('headers of a trusted peer tell who is signed in', async () => {
  await start('127.0.0.1');
  const page = await open('/valetkey/apps', SIGNED_IN);
  expect(page.status).toBe(200);
  expect((await open('/valetkey/admin/user-api-keys', SIGNED_IN)).status).toBe(200);
  await open('/any', SIGNED_IN);
  expect(service.received.at(-1)?.headers).toMatchObject({ 'x-auth-user': 'alice' });
});

test('headers of any other peer are ignored, and the service does not see them in any spelling', async () => {
  await start('10.0.0.0/8');
  const page = await open('/valetkey/apps', SIGNED_IN);
  expect(page.status).toBe(302);
  expect(page.headers.get('location')).toBe('/login?next=%2Fvaletkey%2Fapps');
  await open('/any', { ...SIGNED_IN, X_Auth_User: 'alice', 'x.auth.user': 'alice' });
  expect(JSON.stringify(service.received)).not.toContain('alice');
});
