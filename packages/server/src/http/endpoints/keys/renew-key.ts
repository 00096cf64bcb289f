import { ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { keyAuditTarget } from '../../../core/audit/audit-target.ts';
import { checkPersonalKeysAllowed } from '../../../issue/personal/personal-keys-allowed.ts';
import { renewPersonalKey } from '../../../issue/personal/renew-personal-key.ts';
import { appsPath } from '../../../ui/parts/own-paths.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSession } from '../require-session.ts';
import { findOwnKey } from './find-own-key.ts';

/**
 * `POST /user-api-key/renew`: lets a personal key of the user expire later (PROTOCOL.md#renew-a-personal-key). Own keys only, as
 * for a new key: an admin would prolong access to another account.
 */
export const renewKey: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  checkPersonalKeysAllowed('all', session.user, provider.settings.current());
  const key = await findOwnKey(request, provider, session.user);
  if (key.userId !== session.user.id) throw new ValetkeyError('key_of_another_user');
  const audit = createAuditEventFactory('key_renewed', keyAuditTarget, {
    actor: session.user,
    request,
    provider,
  });
  const { expiresAt } = await renewPersonalKey(key, request.parameters, audit, provider);
  const path = appsPath(await createPageContext(request.raw, session, provider));
  return request.wantsJson || path === null
    ? jsonResponse({ success: 'OK', expires_at: new Date(expiresAt ?? 0).toISOString() })
    : redirectResponse(`${path}/${key.id}`, 303);
};
