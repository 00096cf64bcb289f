import { ValetkeyError } from '@valetkey/protocol';
import { isUrlKey } from '../../core/scopes/scope.ts';
import { found, type Step } from './key-request.ts';

/** Requires that each scope is known, allowed by the setting, and, for a registered client, on the client’s list. */
export const checkScopes: Step = (known, { settings, scopeDefinitions }) => {
  const { scopes } = known.parameters;
  const client = found(known, 'client');
  const refused = scopes.filter(
    (name) =>
      !Object.hasOwn(scopeDefinitions, name) ||
      !settings.allow_user_api_key_scopes.includes(name) ||
      (client !== null && !client.scopes.includes(name)),
  );
  if (refused.length > 0 || scopes.length === 0) {
    throw new ValetkeyError('scope_not_allowed', {
      refused_scopes: refused,
      allowed_scopes: settings.allow_user_api_key_scopes.filter(
        (name) => !client || client.scopes.includes(name),
      ),
    });
  }
  return { scopes, isUrlKey: isUrlKey(scopes, scopeDefinitions) };
};
