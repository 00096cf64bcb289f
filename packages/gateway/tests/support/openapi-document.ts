import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configFor } from './gateway-site.ts';

/** Of the document and the configuration. */
export const folder = mkdtempSync(join(tmpdir(), 'valetkey-openapi-'));
// Several test files may share this module.
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

export const DOCUMENT = `openapi: 3.1.0
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

/** Writes the document; returns a configuration with it. */
export function configWith(
  scopes: string,
  document = DOCUMENT,
  service = 'http://127.0.0.1:8080',
  more = '',
): string {
  write(document);
  const openapi = `openapi: { file: '${join(folder, 'openapi.yaml')}', ${more}scopes: ${scopes} }`;
  return configFor(service).replace(/scopes:\n(?: {2}.*\n)+/, `${openapi}\n`);
}
