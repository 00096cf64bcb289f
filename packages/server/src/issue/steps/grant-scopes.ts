import { ValetkeyError } from '@valetkey/protocol';
import { listGrantableScopes } from '../../core/scopes/grantable-scopes.ts';
import type { Step } from './key-request.ts';

/**
 * Reduces the requested scopes to those that the site grants (PROTOCOL.md#oauth-scopes). OAuth clients request all scopes
 * that the metadata lists, so a scope that is off must not reject the others.
 *
 * @throws ValetkeyError `scope_not_allowed` if none is left
 */
export const grantScopes: Step = ({ parameters }, { settings, scopeDefinitions }) => {
  const grantable = listGrantableScopes(settings, scopeDefinitions);
  const scopes = parameters.scopes.filter((name) => grantable.includes(name));
  // A request to sign in by OpenID Connect asks for none.
  if (scopes.length === 0 && parameters.scopes.length > 0) {
    const details = { refused_scopes: parameters.scopes, allowed_scopes: grantable };
    throw new ValetkeyError('scope_not_allowed', details);
  }
  return { scopes, isUrlKey: false, push: false };
};
