import { ValetkeyError } from '@valetkey/protocol';
import type { AdminScope, AdminScopeMode } from '../../../core/key/admin-key-record.ts';
import { type AdminScopeDefinitions, adminScopeParameters } from '../../../core/scopes/admin-scope.ts';

const MAX_VALUES = 500;

/**
 * Parses `[{ scope_id: 'topics:write', topic_id: '7,9' }]`. Rejects everything unknown: an ignored restriction would
 * make the key more powerful than its creator intends.
 *
 * @throws ValetkeyError `admin_scopes_invalid` with `reason`
 */
export function parseAdminScopes(
  value: unknown,
  mode: AdminScopeMode,
  definitions: AdminScopeDefinitions,
): AdminScope[] {
  if (!Array.isArray(value)) throw refuse('scopes must be a list');
  if (mode === 'granular' && value.length === 0) throw refuse('a granular key needs at least one scope');
  if (mode !== 'granular' && value.length > 0) throw refuse('only a granular key can have scopes');
  const scopes = value.map((item: unknown) => parseScope(item, definitions));
  if (new Set(scopes.map(({ scopeId }) => scopeId)).size < scopes.length)
    throw refuse('a scope occurs twice');
  return scopes;
}

function parseScope(item: unknown, definitions: AdminScopeDefinitions): AdminScope {
  if (typeof item !== 'object' || item === null) throw refuse('each scope must be an object with a scope_id');
  const { scope_id: scopeId, ...bound } = item as Record<string, unknown>;
  const definition =
    typeof scopeId === 'string' && Object.hasOwn(definitions, scopeId) ? definitions[scopeId] : undefined;
  if (typeof scopeId !== 'string' || !definition) throw refuse('a scope_id is unknown');
  const allowed = adminScopeParameters(definition);
  const parameters = Object.entries(bound).map(([name, values]): [string, string[]] => {
    if (!allowed.includes(name)) throw refuse(`${scopeId} accepts ${allowed.join(', ') || 'no parameters'}`);
    return [name, parseValues(name, values)];
  });
  return { scopeId, parameters: Object.fromEntries(parameters) };
}

/** Values separated by commas, as in Discourse. */
function parseValues(name: string, given: unknown): string[] {
  if (typeof given !== 'string' && !Number.isSafeInteger(given)) {
    throw refuse(`the values of ${name} must be one string, separated by commas`);
  }
  const values = String(given)
    .split(',')
    .map((text) => text.trim());
  if (values.includes('')) throw refuse(`a value of ${name} is empty; omit ${name} to allow all values`);
  if (values.length > MAX_VALUES) throw refuse(`${name} has more than ${MAX_VALUES} values`);
  return [...new Set(values)];
}

const refuse = (reason: string): ValetkeyError => new ValetkeyError('admin_scopes_invalid', { reason });
