import { type ErrorCode, ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { keyAuditTarget } from '../../../core/audit/audit-target.ts';
import { requireRestorable } from '../../../issue/require-restorable.ts';
import type { UndoOutcome } from '../../../ports/key-store.ts';
import { restoredPage } from '../../../ui/pages/revoked-page.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, pageResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSession } from '../require-session.ts';
import { findOwnKey } from './find-own-key.ts';

const REFUSALS: Record<Exclude<UndoOutcome, 'restored' | 'too_many'>, ErrorCode> = {
  not_found: 'key_not_found',
  not_revoked: 'key_not_found',
  was_replaced: 'key_was_replaced',
};

/**
 * `POST /user-api-key/undo-revoke`: restores a revoked key of the user, or of any user for an admin. Rejects
 * requests with a key (PROTOCOL.md#undo-a-revocation).
 */
export const undoRevokeKey: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  const key = await findOwnKey(request, provider, session.user);
  await requireRestorable(key, session.user, provider);
  const { max_app_user_api_keys, max_personal_user_api_keys } = provider.settings.current();
  const isOfApp = key.kind === 'app';
  const max = isOfApp ? max_app_user_api_keys : max_personal_user_api_keys;
  const undoing = { max, restoredAt: provider.now(), reason: key.revokedReason };
  const audit = createAuditEventFactory('key_restored', keyAuditTarget, {
    actor: session.user,
    request,
    provider,
  });
  const outcome = await provider.keys.undoRevoke(key.id, undoing, audit);
  // Otherwise revoking, creating and undoing in turn would exceed the limit.
  if (outcome === 'too_many') {
    throw new ValetkeyError(isOfApp ? 'too_many_app_keys' : 'too_many_personal_keys', { max_keys: max });
  }
  if (outcome !== 'restored') throw new ValetkeyError(REFUSALS[outcome]);
  return request.wantsJson
    ? jsonResponse({ success: 'OK' })
    : pageResponse(
        restoredPage(key, provider.feeds, await createPageContext(request.raw, session, provider)),
      );
};
