import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfig } from '../src/config/parse-config.ts';
import { startGatewaySite } from './support/gateway-site.ts';
import { configWith, DOCUMENT } from './support/openapi-document.ts';
import { startService } from './support/start-service.ts';

test('an excluded operation is not reached by the template of another', async () => {
  const service = await startService();
  const document = DOCUMENT.replace('summary: List my notes', 'x-valetkey: false').replace(
    'operationId: listMine, ',
    '',
  );
  const site = await startGatewaySite(configWith('{ notes_read: [getNote] }', document, service.url));
  const key = await site.approve();
  expect((await site.get('/api/notes/7', key)).status).toBe(200);
  expect((await site.get('/api/notes/mine', key)).status).toBe(403);
  expect(service.received.map(({ url }) => url)).toEqual(['/api/notes/7']);
  await site.close();
  await service.close();
});

test('an operation is reached by its own route only, and a key by the operations of its scopes', async () => {
  const service = await startService();
  const text = configWith('{ notes_read: [getNote], others: [listMine] }', DOCUMENT, service.url);
  const site = await startGatewaySite(text);
  const key = await site.approve();
  expect((await site.get('/api/notes/7', key)).status).toBe(200);
  for (const path of [
    '/api/notes/mine',
    '/api/notes/MINE',
    '/api/notes/mine;a',
    '/api/notes',
    '/notes/7',
    '/api/notes/7/x',
  ]) {
    expect((await site.get(path, key)).status, path).toBeGreaterThanOrEqual(400);
  }
  expect(service.received.map(({ url }) => url)).toEqual(['/api/notes/7']);
  await site.close();
  await service.close();
});

test('a changed file with a mistake is refused and counted, and the old one stays in force', async () => {
  const service = await startService();
  const site = await startGatewaySite(
    `${configWith('{ notes_read: [listNotes] }', DOCUMENT, service.url)}monitor: 127.0.0.1:0`,
  );
  const key = await site.approve();
  const broken = DOCUMENT.replace('listMine', 'listNotes');
  const read = () =>
    parseConfig(configWith('{ notes_read: [listNotes] }', broken, service.url), 'valetkey.yaml', {});
  await expect(site.gateway.reload(read)).rejects.toThrow(/openapi\.yaml:\d+:\d+: The operationId listNotes/);
  expect((await site.get('/api/notes', key)).status).toBe(200);
  const metrics = await (await fetch(`${site.gateway.monitorUrl}/metrics`)).text();
  expect(metrics).toMatch(/^valetkey_gateway_config_reloads_total\{result="refused"\} 1$/m);
  await site.close();
  await service.close();
});

test('a changed file never gives a granted key more: a new operation needs a new approval', async () => {
  const service = await startService();
  let now = Date.UTC(2026, 10, 27);
  const announced: string[] = [];
  const options = {
    now: () => now,
    monotonicNow: () => now,
    onRoutesAdded: (routes: readonly string[]) => void announced.push(...routes),
  };
  const site = await startGatewaySite(
    configWith('{ notes_read: [listNotes] }', DOCUMENT, service.url),
    options,
  );
  const old = await site.approve();
  now += 60_000;
  const reload = (scopes: string, document: string) =>
    site.gateway.reload(() =>
      parseConfig(configWith(scopes, document, service.url), join(site.folder, 'valetkey.yaml'), {}),
    );
  await reload('{ notes_read: [listNotes, getNote] }', DOCUMENT);
  expect(announced).toEqual(['notes_read: GET /api/notes/:id']);
  expect((await site.get('/api/notes', old)).status).toBe(200);
  expect(await (await site.get('/api/notes/7', old)).json()).toMatchObject({ code: 'scope_insufficient' });
  const fresh = await site.approve('bob');
  expect((await site.get('/api/notes/7', fresh)).status).toBe(200);
  now += 60_000;
  // A scope that returns after its removal is a new one.
  await reload('{ others: [listMine] }', DOCUMENT);
  await reload('{ notes_read: [listNotes, getNote] }', DOCUMENT);
  expect((await site.get('/api/notes', old)).status).toBe(403);
  now += 60_000;
  // The same operationId at another path is another permission.
  await reload(
    '{ notes_read: [listNotes, getNote] }',
    DOCUMENT.replace('  /notes/mine:', '  /secrets:')
      .replace('listMine', 'x')
      .replace('listNotes', 'y')
      .replace('operationId: x', 'operationId: listNotes'),
  );
  expect((await site.get('/api/secrets', old)).status).toBe(403);
  expect((await site.get('/api/secrets', fresh)).status).toBe(403);
  await site.close();
  await service.close();
});
