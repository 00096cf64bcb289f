import { ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { keyAuditTarget } from '../../../core/audit/audit-target.ts';
import { checkPersonalKeysAllowed } from '../../../issue/personal/personal-keys-allowed.ts';
import { parseGrace, rotatePersonalKey } from '../../../issue/personal/rotate-personal-key.ts';
import { rotatedKeyPage } from '../../../ui/pages/personal-key-page.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, pageResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSession } from '../require-session.ts';
import { findOwnKey } from './find-own-key.ts';
import { personalKeyShape } from './personal-key-shape.ts';

const DAY_SECONDS = 86_400;

/**
 * `POST /user-api-key/rotate`: creates the replacement of a personal key, shown once; the old key stays valid for
 * `grace_seconds` (PROTOCOL.md#rotate-a-personal-key). Own keys only: an admin would get a key to another account.
 */
export const rotateKey: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  const settings = provider.settings.current();
  checkPersonalKeysAllowed('all', session.user, settings);
  const key = await findOwnKey(request, provider, session.user);
  if (key.userId !== session.user.id) throw new ValetkeyError('key_of_another_user');
  const maxSeconds = settings.max_user_api_key_rotation_grace_days * DAY_SECONDS;
  const grace = parseGrace(request.parameters.grace_seconds, { maxSeconds });
  const audit = createAuditEventFactory('key_rotated', keyAuditTarget, {
    actor: session.user,
    request,
    provider,
  });
  const rotated = await rotatePersonalKey(key, grace, audit, provider);
  if (!request.wantsJson) {
    return pageResponse(rotatedKeyPage(rotated, await createPageContext(request.raw, session, provider)));
  }
  const worksUntil = new Date(rotated.retiring.retiresAt ?? 0).toISOString();
  return jsonResponse({ ...personalKeyShape(rotated), replaces: { id: key.id, works_until: worksUntil } });
};
