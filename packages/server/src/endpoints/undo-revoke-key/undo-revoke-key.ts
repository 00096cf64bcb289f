import { type ErrorCode, ValetkeyError } from '@valetkey/protocol';
import { aboutKey, recordEvent } from '../../audit/record-event.ts';
import { jsonResponse, pageResponse } from '../../http/responses.ts';
import { requireRoom } from '../../keys/require-room.ts';
import { restoredPage } from '../../pages/revoked-page.ts';
import type { UndoOutcome } from '../../store/store.ts';
import type { Endpoint } from '../endpoint.ts';
import { findOwnKey } from '../find-own-key.ts';
import { requireSession } from '../require-session.ts';

const REFUSALS: Record<Exclude<UndoOutcome, 'restored'>, ErrorCode> = {
  not_found: 'key_not_found',
  not_revoked: 'key_not_found',
  was_replaced: 'key_was_replaced',
};

/** `POST /user-api-key/undo-revoke`: a person takes a revocation back; a key never can (PROTOCOL.md section 6). */
export const undoRevokeKey: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  const key = await findOwnKey(request, provider, session.user);
  await requireRoom(key, provider);
  const outcome = await provider.keys.undoRevoke(key.id);
  if (outcome !== 'restored') throw new ValetkeyError(REFUSALS[outcome]);
  await recordEvent(provider, request, session.user, { action: 'key_restored', ...aboutKey(key) });
  return request.wantsJson
    ? jsonResponse({ success: 'OK' })
    : pageResponse(restoredPage(key, session, provider));
};
