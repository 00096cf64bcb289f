import type { Settings } from '../settings/setting-table.ts';
import type { ScopeDefinitions } from './scope.ts';

/**
 * They need a redirect with an encrypted payload, or a push URL that is sent with it. OAuth has neither.
 */
const NEVER_GRANTED = ['one_time_password', 'push'];

/** Returns the scopes that OAuth clients may request, in the order of the setting (PROTOCOL.md#oauth-scopes). */
export const listGrantableScopes = (
  { allow_user_api_key_scopes }: Settings,
  definitions: ScopeDefinitions,
): string[] =>
  allow_user_api_key_scopes.filter(
    (name) => Object.hasOwn(definitions, name) && !NEVER_GRANTED.includes(name),
  );
