import { ValetkeyError } from '@valetkey/protocol';
import type { AdminScope, AdminScopeMode } from '../../../core/key/admin-key-record.ts';
import type { AdminScopeDefinitions } from '../../../core/scopes/admin-scope.ts';
import { parseAdminScopes } from './parse-admin-scopes.ts';

/** The requested properties of an admin key. */
export interface RequestedAdminKey {
  readonly description: string;
  /** Null for any user that `Api-Username` names. */
  readonly username: string | null;
  readonly scopeMode: AdminScopeMode;
  readonly scopes: readonly AdminScope[];
}

const MODES: readonly AdminScopeMode[] = ['global', 'read_only', 'granular'];
const MAX_DESCRIPTION_BYTES = 255;

/**
 * Parses the `key` of `POST /admin/api/keys.json`. The scope mode is required: no key is global by omission.
 *
 * @throws ValetkeyError `parameter_missing`, `parameter_invalid`, `parameter_too_long`, `admin_scopes_invalid`
 */
export function parseAdminKey(value: unknown, definitions: AdminScopeDefinitions): RequestedAdminKey {
  if (value === undefined || value === null)
    throw new ValetkeyError('parameter_missing', { parameter: 'key' });
  if (typeof value !== 'object' || Array.isArray(value)) throw invalid('key');
  const fields = new Map(Object.entries(value));
  const mode = parseText(fields, 'scope_mode');
  const scopeMode = MODES.find((known) => known === mode);
  if (!scopeMode) throw invalid('scope_mode');
  const description = parseText(fields, 'description');
  if (Buffer.byteLength(description) > MAX_DESCRIPTION_BYTES) {
    throw new ValetkeyError('parameter_too_long', {
      parameter: 'description',
      max_bytes: MAX_DESCRIPTION_BYTES,
    });
  }
  const username = (fields.get('username') ?? null) === null ? null : parseText(fields, 'username');
  const scopes = parseAdminScopes(fields.get('scopes') ?? [], scopeMode, definitions);
  return { description, username, scopeMode, scopes };
}

function parseText(fields: ReadonlyMap<string, unknown>, parameter: string): string {
  const value = fields.get(parameter) ?? '';
  if (typeof value !== 'string' || /\p{Cc}/u.test(value)) throw invalid(parameter);
  if (value.trim() === '') throw new ValetkeyError('parameter_missing', { parameter });
  return value.trim();
}

const invalid = (parameter: string): ValetkeyError => new ValetkeyError('parameter_invalid', { parameter });
