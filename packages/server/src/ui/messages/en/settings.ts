import {
  describeRedirectPattern,
  type RedirectPattern,
  type RedirectPatternDescription,
} from '@valetkey/protocol';
import { describeReason } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import type { Reason } from '../../../core/reason.ts';
import { type SettingName, settingTable } from '../../../core/settings/setting-table.ts';
import type { Html } from '../../html.ts';

/** The page with the settings. */
export const settings = {
  title: 'Settings',
  meaning:
    'Settings that also exist in Discourse have the same names. Changes apply to the next request and are recorded in the audit log.',
  sections: {
    requests: 'Requests by apps',
    personal: 'Personal keys and feeds',
    expiry: 'Expiry of keys',
    limits: 'Rate limits of keys',
    registration: 'Registration of apps',
    oauth: 'OAuth',
    mcp: 'Agents (MCP)',
    push: 'Push notifications',
    origins: 'Web pages of other sites',
    adminKeys: 'Admin keys',
    audit: 'Audit log',
    other: 'Other',
  },
  describe: ({ setting }: { setting: SettingName }): string => settingTable[setting].description,
  describeRedirect: (pattern: RedirectPattern): RedirectPatternDescription =>
    describeRedirectPattern(pattern),
  sectionsOf: 'Sections',
  all: 'All',
  search: 'Search',
  onlyChanged: 'Only what differs from the default',
  show: 'Show',
  noMatch: 'No setting matches.',
  differs: 'Changed',
  changedBy: ({ by, ago }: { by: Html; ago: Html }) => html`Last changed by ${by}, ${ago}`,
  save: 'Save',
  notSaved: 'Nothing was saved. Correct these settings:',
  saved: ({ settings }: { settings: Html }) => html`Saved: ${settings}.`,
  unchanged: 'Nothing was changed.',
  describeMistake: (reason: Reason): string =>
    reason.reason === 'changed_meanwhile'
      ? `Another admin changed this setting to “${reason.current}”. Save again to use your value.`
      : `Invalid value: ${describeReason(reason)}.`,
  secretLimits: 'Leave this field empty to keep the current value.',
  showSecret: ({ setting }: { setting: string }) =>
    html`Show current value<span class="unseen"> of ${setting}</span>`,
  /** In digits, as the setting is entered. */
  range: ({ min, max }: { min: number; max: number }) => `From ${min} to ${max}.`,
  oneEach: 'One per line.',
  default: ({ value }: { value: string }) => `Default: ${value}.`,
  none: 'none',
  on: 'on',
  off: 'off',
  allows: 'What this allows',
  explainRedirects: 'Try a pattern, and see which apps use it',
};
