import { ValetkeyError } from '@valetkey/protocol';
import type { AdminScope, AdminScopeMode } from '../../../core/key/admin-key-record.ts';
import type { Reason } from '../../../core/reason.ts';
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
  if (!Array.isArray(value)) throw refuse({ reason: 'scopes_not_list' });
  if (mode === 'granular' && value.length === 0) throw refuse({ reason: 'scopes_missing' });
  if (mode !== 'granular' && value.length > 0) throw refuse({ reason: 'scopes_not_granular' });
  const scopes = value.map((item: unknown) => parseScope(item, definitions));
  if (new Set(scopes.map(({ scopeId }) => scopeId)).size < scopes.length) {
    throw refuse({ reason: 'scope_repeated' });
  }
  return scopes;
}

function parseScope(item: unknown, definitions: AdminScopeDefinitions): AdminScope {
  if (typeof item !== 'object' || item === null) throw refuse({ reason: 'scope_not_object' });
  const { scope_id: scopeId, ...bound } = item as Record<string, unknown>;
  const definition =
    typeof scopeId === 'string' && Object.hasOwn(definitions, scopeId) ? definitions[scopeId] : undefined;
  if (typeof scopeId !== 'string' || !definition) throw refuse({ reason: 'scope_unknown' });
  const allowed = adminScopeParameters(definition);
  const parameters = Object.entries(bound).map(([name, values]): [string, string[]] => {
    if (!allowed.includes(name)) throw refuse(unknownParameter(scopeId, allowed));
    return [name, parseValues(name, values)];
  });
  return { scopeId, parameters: Object.fromEntries(parameters) };
}

/** Values separated by commas, as in Discourse. */
function parseValues(name: string, given: unknown): string[] {
  if (typeof given !== 'string' && !Number.isSafeInteger(given)) {
    throw refuse({ reason: 'values_not_text', scope_parameter: name });
  }
  const values = String(given)
    .split(',')
    .map((text) => text.trim());
  if (values.includes('')) throw refuse({ reason: 'value_empty', scope_parameter: name });
  if (values.length > MAX_VALUES) {
    throw refuse({ reason: 'too_many_values', scope_parameter: name, max_values: MAX_VALUES });
  }
  return [...new Set(values)];
}

const unknownParameter = (scopeId: string, known: readonly string[]): Reason =>
  known.length === 0
    ? { reason: 'scope_without_parameters', scope_id: scopeId }
    : { reason: 'scope_parameter_unknown', scope_id: scopeId, known_parameters: known };

const refuse = (why: Reason): ValetkeyError => new ValetkeyError('admin_scopes_invalid', why);
