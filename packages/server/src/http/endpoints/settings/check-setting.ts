import { ValetkeyError } from '@valetkey/protocol';
import { reasonOf } from '../../../core/reason.ts';
import { explainSetting } from '../../../core/settings/explain-setting.ts';
import { joinLines } from '../../../settings/setting-lines.ts';
import { createPageContext } from '../../page-context.ts';
import { jsonResponse } from '../../responses.ts';
import type { Endpoint } from '../endpoint.ts';
import { requireAdmin } from '../require-admin.ts';

/** Whether JSON or a form can mean one value by it; an object may have any `toString`. */
const isPlain = (value: unknown): boolean => value === null || typeof value !== 'object';

/**
 * `POST /admin/user-api-key-settings/check`: returns whether a value is valid, and what it means. Changes nothing;
 * the page calls it while an admin types (PROTOCOL.md#change-settings).
 */
export const checkSetting: Endpoint = async (request, provider) => {
  const session = await requireAdmin(request, provider);
  const { t } = await createPageContext(request.raw, session, provider);
  const { settings } = provider;
  const { setting, value } = request.parameters;
  if (setting === undefined) throw new ValetkeyError('parameter_missing', { parameter: 'setting' });
  if (typeof setting !== 'string') throw new ValetkeyError('parameter_invalid', { parameter: 'setting' });
  const row = settings.list().find((each) => each.setting === setting);
  if (!row) throw new ValetkeyError('setting_unknown', { setting });
  if (!isPlain(value))
    throw new ValetkeyError('setting_invalid', { setting: row.setting, reason: 'not_one_text' });
  const text = joinLines(row, String(value ?? ''));
  const explanations = explainSetting(row.setting, text, t.settings.describeRedirect);
  try {
    return jsonResponse({
      valid: true,
      value: settings.check(row.setting, text),
      reason: null,
      explanations,
    });
  } catch (error) {
    if (!(error instanceof ValetkeyError)) throw error;
    return jsonResponse({
      valid: false,
      value: null,
      reason: t.settings.describeMistake(reasonOf(error)),
      explanations,
    });
  }
};
