import { grantAsKey } from '../../../core/key/grant-as-key.ts';
import type { KeyRecord } from '../../../core/key/key-record.ts';
import type { Provider } from '../../../issue/provider.ts';
import type { KeyFilter } from '../../../ports/key-store.ts';

/** Returns one page of the keys that match, of all users; for the kind `oauth`, the grants of OAuth clients. */
export async function findUserKeys(
  filter: KeyFilter,
  { keys, oauthGrants }: Pick<Provider, 'keys' | 'oauthGrants'>,
): Promise<KeyRecord[]> {
  if (filter.kind !== 'oauth') return keys.findMatching(filter);
  return (await oauthGrants.findMatching(filter)).map(grantAsKey);
}
