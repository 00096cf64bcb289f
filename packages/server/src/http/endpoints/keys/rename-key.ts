import { parseKeyRequest, requireParameter, ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { keyAuditTarget } from '../../../core/audit/audit-target.ts';
import { appsPath } from '../../../ui/parts/own-paths.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireSession } from '../require-session.ts';
import { findOwnKey } from './find-own-key.ts';

/**
 * `POST /user-api-key/rename`: changes the name of a key of the user (PROTOCOL.md#rename-a-key). The name of a feed comes
 * from its definition.
 */
export const renameKey: Endpoint = async (request, provider) => {
  const session = await requireSession(request, provider);
  const key = await findOwnKey(request, provider, session.user);
  if (key.userId !== session.user.id) throw new ValetkeyError('key_of_another_user');
  // The name is checked like that of an app, which the consent page shows.
  const { application_name } = request.parameters;
  const parsed = parseKeyRequest({ application_name, client_id: '-', nonce: '-', scopes: '-' });
  const name = requireParameter(parsed.applicationName, 'application_name');
  const audit = createAuditEventFactory('key_renamed', keyAuditTarget, {
    actor: session.user,
    request,
    provider,
  });
  if (key.kind === 'feed' || !(await provider.keys.rename(key.id, name, audit))) {
    throw new ValetkeyError('key_not_found');
  }
  const path = appsPath(await createPageContext(request.raw, session, provider));
  return request.wantsJson || path === null
    ? jsonResponse({ success: 'OK' })
    : redirectResponse(`${path}/${key.id}`, 303);
};
