import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseConfig } from '../src/config/parse-config.ts';
import { reportOperations, suggestScopes } from '../src/openapi/report-operations.ts';
import { writeSecurity } from '../src/openapi/write-security.ts';
import { configFor, startGatewaySite } from './support/gateway-site.ts';
import { startService } from './support/start-service.ts';

const folder = mkdtempSync(join(tmpdir(), 'valetkey-openapi-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DOCUMENT = `openapi: 3.1.0
info: { title: Notes, version: '1' }
servers: [{ url: 'https://wiki.example/api' }]
paths:
  /notes:
    get: { operationId: listNotes, summary: List your notes, tags: [Notes] }
    post: { operationId: addNote, summary: Add a note, tags: [Notes] }
  /notes/mine:
    get: { operationId: listMine, summary: List my notes }
  /notes/{id}:
    parameters: [{ $ref: '#/components/parameters/Id' }]
    get: { operationId: getNote, summary: Read a note, tags: [Notes] }
    delete: { operationId: dropNote, x-valetkey: false }
components:
  parameters:
    Id: { name: id, in: path, required: true, schema: { type: string } }
`;

function write(document: string): string {
  const file = join(folder, 'openapi.yaml');
  writeFileSync(file, document);
  return file;
}

function configWith(
  scopes: string,
  document = DOCUMENT,
  service = 'http://127.0.0.1:8080',
  more = '',
): string {
  write(document);
  const openapi = `openapi: { file: '${join(folder, 'openapi.yaml')}', ${more}scopes: ${scopes} }`;
  return configFor(service).replace(/scopes:\n(?: {2}.*\n)+/, `${openapi}\n`);
}
const parse = (...config: Parameters<typeof configWith>) =>
  parseConfig(configWith(...config), join(folder, 'valetkey.yaml'), {});

describe('openapi in a configuration', () => {
  test('operations are routes with the base path, and summaries are the sentence', () => {
    const { scopes, routes } = parse('{ notes_read: [listNotes, getNote] }');
    expect(scopes.notes_read?.sentence).toBe('List your notes; Read a note');
    expect(routes).toContainEqual({ name: 'getNote', method: 'GET', path: '/api/notes/:id' });
    expect(routes.map(({ name }) => name)).not.toContain('dropNote');
  });

  test.each([
    [
      'two templates of one path',
      DOCUMENT.replace('  /notes/mine:', '  /notes/{name}:\n    parameters: [{ name: name, in: path }]'),
      /openapi\.yaml:\d+:\d+: \/api\/notes\/:id and \/api\/notes\/:name are the same path\. Use one/,
    ],
    [
      'two paths that one request matches',
      DOCUMENT.replace('  /notes/mine:', '  /{kind}/mine:\n    parameters: [{ name: kind, in: path }]'),
      /A request can match both/,
    ],
    [
      'an undeclared parameter',
      DOCUMENT.replace("    parameters: [{ $ref: '#/components/parameters/Id' }]\n", ''),
      /The parameter \{id\} of \/notes\/\{id\} is not declared\. Declare it/,
    ],
    [
      'an operation without a name',
      DOCUMENT.replace('operationId: listMine, ', ''),
      /GET \/notes\/mine has no operationId\. Add operationId: getNotesMine\./,
    ],
    [
      'two operations of one name',
      DOCUMENT.replace('listMine', 'listNotes'),
      /The operationId listNotes is also in line 6/,
    ],
    [
      'a template in part of a segment',
      DOCUMENT.replace('/notes/{id}:', '/notes/{id}.json:'),
      /The segment \{id\}\.json is a template only in part/,
    ],
    [
      'a reference to a URL',
      DOCUMENT.replace('#/components/parameters/Id', 'https://evil.example/x.yaml'),
      /The reference is a URL/,
    ],
    [
      'a reference outside of the folder',
      DOCUMENT.replace('#/components/parameters/Id', '../../etc/passwd'),
      /The reference leaves the folder/,
    ],
    ['a reference to nothing', DOCUMENT.replace('parameters/Id', 'parameters/No'), /There is nothing at/],
    [
      'two servers',
      DOCUMENT.replace(
        "[{ url: 'https://wiki.example/api' }]",
        "[{ url: 'https://a.example' }, { url: 'https://b.example' }]",
      ),
      /The base path of the service is not clear\. Set openapi\.base_path/,
    ],
    [
      'a relative server',
      DOCUMENT.replace('https://wiki.example/api', '/api'),
      /The base path of the service is not clear/,
    ],
    [
      'a server of one path',
      DOCUMENT.replace('  /notes/mine:', "  /notes/mine:\n    servers: [{ url: 'https://a.example' }]"),
      /has servers of its own/,
    ],
    [
      'Swagger 2',
      DOCUMENT.replace('openapi: 3.1.0', "swagger: '2.0'"),
      /Swagger 2\. Convert it: npx swagger2openapi/,
    ],
    ['a later version', DOCUMENT.replace('3.1.0', '4.0.0'), /not OpenAPI 3\.0, 3\.1 or 3\.2/],
  ])('rejects %s with line and remedy', (_, document, message) => {
    expect(() => parse('{ notes_read: [listNotes] }', document)).toThrow(message);
  });

  test('rejects a scope with an unknown operation, and suggests the name', () => {
    expect(() => parse('{ notes_read: [listnotes] }')).toThrow(
      /There is no operation listnotes\. Write listNotes\./,
    );
  });

  test('--report names the operations that no scope opens', () => {
    const { openapi } = parse('{ notes_read: [listNotes] }');
    const report = openapi && reportOperations(openapi);
    expect(report).toContain('notes_read\n  listNotes: GET /api/notes');
    expect(report).toContain('in no scope, so no key reaches them\n  addNote: POST /api/notes');
  });

  test('--suggest-scopes writes scopes that the configuration accepts', () => {
    const { openapi } = parse('{ notes_read: [listNotes] }');
    const suggested = openapi ? suggestScopes(openapi.operations) : '';
    expect(suggested).toContain('notes_write:');
    const text = configWith('{}')
      .replace('scopes: {}', `\n${suggested.replace(/^/gm, '  ')}`)
      .replace('openapi: { file: ', 'openapi:\n  file: ')
      .replace(/, \n {2}scopes/, '\n  scopes')
      .replace(/\n +\}/, '\n');
    expect(parseConfig(text, join(folder, 'valetkey.yaml'), {}).scopes).toHaveProperty('notes_read');
  });

  test('--write-security adds the schemes and the scopes, and keeps the rest', () => {
    const { openapi } = parse(
      '{ notes_read: [listNotes] }',
      DOCUMENT.replace('paths:', '# all paths\npaths:'),
    );
    const written = openapi ? writeSecurity(openapi) : '';
    expect(written).toContain('# all paths');
    expect(written).toMatch(/userApiKey:\n\s+type: apiKey\n\s+in: header\n\s+name: User-Api-Key/);
    expect(written.match(/x-valetkey-scopes/g)).toHaveLength(1);
  });
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
    site.gateway.reload(
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
