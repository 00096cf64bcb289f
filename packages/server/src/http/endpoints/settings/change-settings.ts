import { ValetkeyError } from '@valetkey/protocol';
import { settingsPage } from '../../../ui/admin/settings-page.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse, pageResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';
import { loadSettingChanges } from './load-setting-changes.ts';
import { parseSettingsQuery } from './parse-settings-query.ts';
import { decideSettingChanges, readSettingForm } from './setting-form.ts';

/**
 * `POST /admin/user-api-key-settings`: stores the changes of the form, all or none (PROTOCOL.md#change-settings). An
 * invalid form is returned as it was filled in, with the reasons.
 */
export const changeSettings: Endpoint = async (request, provider) => {
  const session = await requireAdmin(request, provider);
  const { settings } = provider;
  const entries = readSettingForm(request.parameters, settings.list());
  const { changes, mistakes } = decideSettingChanges(entries, settings);
  const [mistake] = mistakes;
  if (!mistake) await settings.setAll(changes, { userId: session.user.id, ipAddress: request.ipAddress });
  if (!request.wantsJson) {
    // Unchanged fields show the current value; otherwise the next attempt would undo other admins’ changes.
    const touched = entries.filter(({ name }) => changes.has(name) || mistakes.has(name));
    const typed = mistake ? new Map(touched.map(({ name, text }) => [name, text])) : undefined;
    const saved = mistake ? undefined : [...changes.keys()];
    const page = settingsPage(
      {
        rows: settings.list(),
        query: parseSettingsQuery(request.raw.url),
        changes: await loadSettingChanges(provider),
        typed,
        mistakes,
        saved,
      },
      await createPageContext(request.raw, session, provider),
    );
    return pageResponse(page, mistake ? 422 : 200, { canFetch: true });
  }
  if (mistake) throw new ValetkeyError('setting_invalid', { ...mistake[1], setting: mistake[0] });
  return jsonResponse({ changed: [...changes.keys()] });
};
