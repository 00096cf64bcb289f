import type { Provider } from '../../issue/provider.ts';
import type { KeyRequest } from '../../issue/steps/key-request.ts';
import type { Session } from '../../ports/site.ts';
import type { RequestSurroundings } from '../../ui/parts/key-request-rows.ts';

/** Returns what a page about a request shows in addition to it, such as the key that an approval replaces. */
export async function loadSurroundings(
  { parameters }: Pick<KeyRequest, 'parameters'>,
  { user }: Session,
  { keys, scopes, settings }: Provider,
): Promise<RequestSurroundings> {
  return {
    replaces: await keys.findUnrevoked(user.id, 'app', parameters.clientId),
    scopes,
    maxExpiryDays: settings.current().max_user_api_key_expiry_days,
  };
}
