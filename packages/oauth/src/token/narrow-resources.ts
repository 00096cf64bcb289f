import { OauthError } from '../oauth-error.ts';
import type { Resources } from '../resources.ts';

/**
 * Returns the resources that an access token is valid for: those of its grant, or fewer if the token request names one.
 *
 * @throws OauthError `invalid_target`
 */
export function narrowResources(
  resource: unknown,
  granted: readonly string[],
  resources: Pick<Resources, 'parse'>,
): readonly string[] {
  if (resource === undefined || resource === '') return granted;
  const asked = resources.parse(resource);
  if (asked.every((path) => granted.includes(path))) return asked;
  throw new OauthError('invalid_target', 'The user did not approve access to this resource.');
}
