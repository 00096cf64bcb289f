import type { ScopeDefinitions } from '../scopes/scope.ts';
import { riskOf } from '../scopes/scope-risk.ts';
import type { SettingDefaults } from './setting-table.ts';

/**
 * Returns the defaults that depend on the scopes of a site (PROTOCOL.md#settings). An OAuth client that requests no scope gets
 * `read`, or else the first scope that only reads. A site without such a scope has no default.
 */
export function defaultsForScopes(scopes: ScopeDefinitions): SettingDefaults {
  const names = Object.keys(scopes);
  const reading = names.filter(
    (name) => riskOf(name, scopes) === 'read' && scopes[name]?.permissions.length !== 0,
  );
  const chosen = reading.find((name) => name === 'read') ?? reading[0];
  return { allow_user_api_key_scopes: names, oauth_default_scopes: chosen === undefined ? [] : [chosen] };
}
