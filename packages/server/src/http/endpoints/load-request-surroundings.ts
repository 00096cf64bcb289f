import type { Provider } from '../../issue/provider.ts';
import type { KeyRequest } from '../../issue/steps/key-request.ts';
import type { Session } from '../../ports/site.ts';
import type { RequestSurroundings } from '../../ui/parts/key-request-rows.ts';
import { loadRequestIcon } from '../load-icons.ts';

/** Returns what a page about a request shows in addition to it, such as the key that an approval replaces. */
export async function loadSurroundings(
  { parameters, client }: Pick<KeyRequest, 'parameters' | 'client'>,
  { user }: Session,
  provider: Provider,
): Promise<RequestSurroundings> {
  const { keys, scopes, settings } = provider;
  return {
    icon: await loadRequestIcon({ kind: 'app', registration: client }, provider),
    replaces: await keys.findUnrevoked(user.id, 'app', parameters.clientId),
    scopes,
    maxExpiryDays: settings.current().max_user_api_key_expiry_days,
  };
}
