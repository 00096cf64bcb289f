import { type RawParameters, ValetkeyError } from '@valetkey/protocol';
import { type AdminScopeDefinitions, adminScopeParameters } from '../../../core/scopes/admin-scope.ts';

/**
 * Brings the fields of the form into the shape of `key` in `POST /admin/api/keys.json`; whether it will do is decided
 * there. The boxes come as `scope:topics:read`, the values they are bound to as `bind:topics:read:topic_id`.
 *
 * @throws ValetkeyError `admin_scopes_invalid` for values without their box: to guess either way would be wrong
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
        const reason = `${scopeId} has values for ${stray[0]}, but is not ticked`;
        throw new ValetkeyError('admin_scopes_invalid', { reason });
      }
      return [];
    }),
  };
}
