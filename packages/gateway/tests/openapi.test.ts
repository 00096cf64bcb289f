import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../src/config/parse-config.ts';
import { reportOperations, suggestScopes } from '../src/openapi/report-operations.ts';
import { writeSecurity } from '../src/openapi/write-security.ts';
import { configWith, DOCUMENT, folder } from './support/openapi-document.ts';

const parse = (...config: Parameters<typeof configWith>) =>
  parseConfig(configWith(...config), join(folder, 'valetkey.yaml'), {});

describe('openapi in a configuration', () => {
  test('operations are routes with the base path, and summaries are the sentence', () => {
    const { scopes, routes } = parse('{ notes_read: [listNotes, getNote] }');
    expect(scopes.notes_read?.sentence).toBe('List your notes; Read a note');
    expect(routes).toContainEqual({ name: 'getNote', method: 'GET', path: '/api/notes/:id' });
    expect(() => parse('{ notes_write: [dropNote] }')).toThrow(/There is no operation dropNote/);
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
    [
      'an operation with optional security',
      DOCUMENT.replace('operationId: listMine', 'security: [{ session: [] }, {}], operationId: listMine'),
      /openapi\.yaml:\d+:\d+: The security of an operation is optional\. Remove \{\}/,
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

  test('a tag stands for its operations, all or those that read or change', () => {
    const idsOf = (scope: string) =>
      parse(`{ notes: ${scope} }`).scopes.notes?.permissions.map(({ route }) => route);
    expect(idsOf("['tag:Notes', listMine]")).toEqual(['listNotes', 'addNote', 'getNote', 'listMine']);
    expect(idsOf("['tag:Notes:read', listNotes]")).toEqual(['listNotes', 'getNote']);
    expect(idsOf("['tag:Notes:write']")).toEqual(['addNote']);
    expect(() => parse("{ notes: ['tag:None'] }")).toThrow(
      /No operation has the tag of tag:None\. Use a tag/,
    );
    expect(() => parse('{ notes: [] }')).toThrow(/This scope has no operation\. Add one/);
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
      DOCUMENT.replace('paths:', 'security: [{ session: [] }]\n# all paths\npaths:'),
    );
    const written = openapi ? writeSecurity(openapi) : '';
    expect(written).toContain('# all paths');
    expect(written).toMatch(/userApiKey:\n\s+type: apiKey\n\s+in: header\n\s+name: User-Api-Key/);
    expect(written.match(/x-valetkey-scopes/g)).toHaveLength(1);
    expect(written).toContain(
      'security: [ { session: [] }, { userApiKey: [] }, { userApiKeyAsBearer: [] } ],',
    );
  });
});
