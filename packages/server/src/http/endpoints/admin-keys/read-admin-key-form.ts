import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import { type AdminScopeDefinitions, adminScopeParameters } from '../../../core/scopes/admin-scope.ts';

/**
 * Converts the fields of the form to `key` of `POST /admin/api/keys.json`, unvalidated. Checkboxes arrive as
 * `scope:topics:read`, their values as `bind:topics:read:topic_id`.
 *
 * @throws ValetkeyError `admin_scopes_invalid` for values without their checkbox, which are ambiguous
 */
export function readAdminKeyForm(parameters: RawParameters, definitions: AdminScopeDefinitions): unknown {
  const { description, username, scope_mode } = parameters;
  return {
    description,
    username: typeof username === 'string' && username.trim() === '' ? null : username,
    scope_mode,
    scopes: Object.entries(definitions).flatMap(([scopeId, definition]) => {
      const bound = adminScopeParameters(definition).flatMap((name) => {
        const values = parameters[`bind:${scopeId}:${name}`];
        return typeof values === 'string' && values.trim() !== '' ? [[name, values] as const] : [];
      });
      if (parameters[`scope:${scopeId}`] !== undefined) {
        return [{ scope_id: scopeId, ...Object.fromEntries(bound) }];
      }
      const [stray] = bound;
      if (stray) {
        throw new ValetkeyError('admin_scopes_invalid', {
          reason: 'scope_not_selected',
          scope_id: scopeId,
          scope_parameter: stray[0],
        });
      }
      return [];
    }),
  };
}
