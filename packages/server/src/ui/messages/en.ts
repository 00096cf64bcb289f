import {
  type DiscourseAdminScopeTexts,
  discourseAdminScopeTexts,
} from '../../core/scopes/discourse-admin-scopes.ts';
import { type DiscourseScopeTexts, discourseScopeTexts } from '../../core/scopes/discourse-scope-texts.ts';
import { admin } from './en/admin.ts';
import { adminKeys } from './en/admin-keys.ts';
import { apps } from './en/apps.ts';
import { audit } from './en/audit.ts';
import { blocks } from './en/blocks.ts';
import { clients } from './en/clients.ts';
import { common } from './en/common.ts';
import { consent } from './en/consent.ts';
import { device } from './en/device.ts';
import { feeds } from './en/feeds.ts';
import { oauth } from './en/oauth.ts';
import { oauthClients } from './en/oauth-clients.ts';
import { personalKeys } from './en/personal-keys.ts';
import { redirects } from './en/redirects.ts';
import { settings } from './en/settings.ts';
import { tools } from './en/tools.ts';
import { usage } from './en/usage.ts';
import { userKeys } from './en/user-keys.ts';
import type { Format } from './format.ts';

/** Returns the English texts of all pages. */
export const createEnglish = (format: Format) => ({
  common,
  scopes: discourseScopeTexts as DiscourseScopeTexts,
  adminScopes: discourseAdminScopeTexts as DiscourseAdminScopeTexts,
  consent: consent(format),
  device,
  oauth,
  oauthClients,
  apps: apps(format),
  usage: usage(format),
  personalKeys: personalKeys(format),
  feeds,
  admin: admin(format),
  userKeys: userKeys(format),
  adminKeys: adminKeys(format),
  clients: clients(format),
  tools,
  blocks: blocks(format),
  redirects: redirects(format),
  settings,
  audit: audit(format),
});
