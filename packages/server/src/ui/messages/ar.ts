import { admin } from './ar/admin.ts';
import { adminKeys } from './ar/admin-keys.ts';
import { apps } from './ar/apps.ts';
import { audit } from './ar/audit.ts';
import { blocks } from './ar/blocks.ts';
import { clients } from './ar/clients.ts';
import { common } from './ar/common.ts';
import { consent } from './ar/consent.ts';
import { device } from './ar/device.ts';
import { feeds } from './ar/feeds.ts';
import { oauth } from './ar/oauth.ts';
import { oauthClients } from './ar/oauth-clients.ts';
import { personalKeys } from './ar/personal-keys.ts';
import { redirects } from './ar/redirects.ts';
import { adminScopes, scopes } from './ar/scopes.ts';
import { settings } from './ar/settings.ts';
import { tools } from './ar/tools.ts';
import { usage } from './ar/usage.ts';
import { userKeys } from './ar/user-keys.ts';
import type { Format } from './format.ts';
import type { Messages } from './messages.ts';

/** Returns the Arabic texts of all pages. */
export const createArabic = (format: Format): Messages => ({
  common,
  scopes,
  adminScopes,
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
