import { ValetkeyError } from '@valetkey/protocol';
import type { Provider } from '@valetkey/server/extension';
import { requireUnblocked } from '@valetkey/server/extension';
import { OauthError } from '../oauth-error.ts';

/**
 * Rejects the exchange of a code or a refresh token of a blocked client. Nothing is used up, so that the client can continue after
 * the block is removed.
 *
 * @throws OauthError `unauthorized_client`
 */
export function requireUnblockedClient(
  { clientId, authRedirect }: { readonly clientId: string; readonly authRedirect: string | null },
  { appBlocks }: Pick<Provider, 'appBlocks'>,
): void {
  try {
    requireUnblocked({ clientIds: [clientId], receivers: [clientId, authRedirect] }, appBlocks.current());
  } catch (error) {
    if (!(error instanceof ValetkeyError)) throw error;
    throw new OauthError('unauthorized_client', 'An admin of this site has blocked this app.');
  }
}
