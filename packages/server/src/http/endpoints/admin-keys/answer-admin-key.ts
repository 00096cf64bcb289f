import type { AdminKeyRecord } from '../../../core/key/admin-key-record.ts';
import type { Provider } from '../../../issue/provider.ts';
import { adminPath } from '../../../ui/admin/admin-paths.ts';
import type { EndpointRequest } from '../../endpoint-request.ts';
import { loadUsers } from '../../load-users.ts';
import { jsonResponse, redirectResponse } from '../../responses.ts';
import { adminKeyShape } from './admin-key-shape.ts';

/** Returns the response to a change of an admin key: its new state as JSON, or a redirect to its row in the list. */
export async function answerAdminKey(
  { wantsJson }: EndpointRequest,
  record: AdminKeyRecord,
  provider: Provider,
): Promise<Response> {
  if (wantsJson) {
    return jsonResponse({ key: adminKeyShape(record, await loadUsers([record.userId], provider.site)) });
  }
  return redirectResponse(`${adminPath('adminKeys', provider)}#key-${record.id}`, 303);
}
