import { ValetkeyError } from '@valetkey/protocol';
import { createAuditEventFactory } from '../../../core/audit/audit-event-factory.ts';
import { clientAuditTarget } from '../../../core/audit/audit-target.ts';
import { type Icon, MAX_ICON_BYTES, parseIcon } from '../../../core/icons/parse-icon.ts';
import { clientIconPage, clientIconPath } from '../../../ui/admin/client-icon-page.ts';
import { iconPath } from '../../../ui/parts/app-icon.ts';
import { type EndpointRequest, readEndpointRequest } from '../../endpoint-request.ts';
import { createPageContext } from '../../page-context.ts';
import { refusalStatus } from '../../render-refusal.ts';
import { jsonResponse, pageResponse, redirectResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';
import { requireIconClient } from './find-icon-client.ts';

/** Leaves space for the other fields and for the boundaries between them. */
const MAX_FORM_BYTES = 2 * MAX_ICON_BYTES;

/**
 * `POST /admin/user-api-key-clients/icon?kind=&client_id=`: gives a client the icon of a multipart form (PROTOCOL.md#icons). A
 * rejected file shows the form again, with the reason and the earlier icon. The client is in the URL, so that it is known even if
 * the body cannot be read.
 */
export const saveClientIcon: Endpoint = Object.assign(
  async (request: Parameters<Endpoint>[0], provider: Parameters<Endpoint>[1]) => {
    const form = { ...request, ...(await readForm(request)) };
    const session = await requireAdmin(form, provider);
    const client = await requireIconClient(request.parameters, provider);
    const page = await createPageContext(request.raw, session, provider);
    try {
      const icon = await readIcon(form.body.icon);
      const audit = createAuditEventFactory('client_icon_saved', clientAuditTarget, {
        actor: session.user,
        request,
        provider,
      });
      const isSaved = await provider.store.saveClientIcon(client.owner, icon, audit);
      if (!isSaved) throw new ValetkeyError('client_not_registered');
      if (request.wantsJson) return jsonResponse({ success: 'OK', icon: iconPath(icon.hash, page) });
      return redirectResponse(clientIconPath(client.owner, page), 303);
    } catch (error) {
      if (!(error instanceof ValetkeyError) || request.wantsJson) throw error;
      return pageResponse(clientIconPage({ client, rejected: error }, page), refusalStatus(error));
    }
  },
  { readsRequest: true },
);

/** @throws ValetkeyError `icon_too_large`, and the errors of `readEndpointRequest` */
async function readForm({
  raw,
  context,
}: EndpointRequest): Promise<Pick<EndpointRequest, 'body' | 'csrfToken'>> {
  try {
    return await readEndpointRequest(raw, context, { maxBodyBytes: MAX_FORM_BYTES });
  } catch (error) {
    if (!(error instanceof ValetkeyError) || error.code !== 'body_too_large') throw error;
    throw new ValetkeyError('icon_too_large', { max_bytes: MAX_ICON_BYTES });
  }
}

/** Browsers send an empty file without a name if none was chosen. */
async function readIcon(value: unknown): Promise<Icon> {
  const isChosen = value instanceof File && (value.size > 0 || value.name !== '');
  if (!isChosen) throw new ValetkeyError('parameter_missing', { parameter: 'icon' });
  return parseIcon(new Uint8Array(await value.arrayBuffer()));
}
