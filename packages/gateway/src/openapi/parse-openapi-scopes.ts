import { resolve } from 'node:path';
import { defineScopes, type RouteDefinition, type ScopeDefinition } from '@valetkey/server';
import { requireField } from '../config/require-field.ts';
import type { YamlValue } from '../config/yaml-value.ts';
import { loadOpenapi } from './load-openapi.ts';
import type { OpenapiScopes } from './openapi-scopes.ts';
import type { Operation } from './operation.ts';

const MAX_SENTENCE = 200;

/**
 * Returns the scopes of `openapi: { file, base_path, scopes }`. A scope is a list of operation ids and tags
 * (`tag:Notes`, `tag:Notes:read`, `tag:Notes:write`), or a map with `operations`, `sentence` and `dangerous`. Every operation is a route, so that a key never reaches one by the template
 * of another.
 */
export function parseOpenapiScopes(value: YamlValue, folder: string): OpenapiScopes {
  const fields = value.fields(['file', 'base_path', 'scopes']);
  const basePath = fields.get('base_path')?.text().replace(/\/$/, '') ?? null;
  const operations = loadOpenapi(requireField(fields, 'file', value), folder, basePath);
  const offered = operations.filter(({ isOffered }) => isOffered);
  const byId = new Map(offered.map((operation) => [operation.id, operation]));
  const byScope = new Map<string, readonly Operation[]>();
  const scopes: Record<string, ScopeDefinition> = {};
  for (const [name, field] of requireField(fields, 'scopes', value).fields()) {
    const own = field.isList() ? null : field.fields(['operations', 'sentence', 'dangerous']);
    const list = own ? requireField(own, 'operations', field) : field;
    const opened = [...new Set(list.list().flatMap((entry) => findOperations(entry, byId)))];
    if (opened.length === 0) field.fail('This scope has no operation.', 'Add one, or remove the scope.');
    const scope: ScopeDefinition = {
      sentence: own?.get('sentence')?.text() ?? describeOperations(opened, field),
      isDangerous: own?.get('dangerous')?.boolean() ?? false,
      permissions: opened.map(({ id, method }) => ({ route: id, methods: [method] })),
    };
    try {
      scopes[name] = defineScopes({ [name]: scope })[name] as ScopeDefinition;
    } catch (error) {
      field.fail((error as Error).message, 'Correct the scope.');
    }
    byScope.set(name, opened);
  }
  const routes = operations.map(({ id, method, path }): RouteDefinition => ({ name: id, method, path }));
  return {
    file: resolve(folder, requireField(fields, 'file', value).text()),
    scopes,
    routes,
    operations: offered,
    byScope,
  };
}

/** Returns the operation with this id, or those with this tag. */
function findOperations(entry: YamlValue, byId: ReadonlyMap<string, Operation>): readonly Operation[] {
  const text = entry.text();
  const [, tag, access] = /^tag:(.+?)(?::(read|write))?$/.exec(text) ?? [];
  if (tag === undefined)
    return [byId.get(text) ?? entry.fail(`There is no operation ${text}.`, suggest(text, byId))];
  const tagged = [...byId.values()].filter(
    ({ tags, method }) =>
      tags.includes(tag) && (access === undefined || (access === 'read') === (method === 'GET')),
  );
  if (tagged.length === 0) entry.fail(`No operation has the tag of ${text}.`, 'Use a tag of the file.');
  return tagged;
}

/** Returns the summaries as the sentence of a scope. */
function describeOperations(operations: readonly Operation[], field: YamlValue): string {
  const unnamed = operations.find(({ summary }) => summary === null);
  if (unnamed)
    field.fail(`The operation ${unnamed.id} has no summary.`, 'Add one, or write a sentence for the scope.');
  const sentence = operations.map(({ summary }) => summary).join('; ');
  if (sentence.length > MAX_SENTENCE)
    field.fail('The summaries are too long for people to read.', 'Write a sentence for the scope.');
  return sentence;
}

function suggest(id: string, known: ReadonlyMap<string, Operation>): string {
  const alike = [...known.keys()].find((name) => name.toLowerCase() === id.toLowerCase());
  return alike === undefined ? 'Use an operationId of the file.' : `Write ${alike}.`;
}
