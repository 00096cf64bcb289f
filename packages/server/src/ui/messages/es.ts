import { admin } from './es/admin.ts';
import { adminKeys } from './es/admin-keys.ts';
import { apps } from './es/apps.ts';
import { audit } from './es/audit.ts';
import { blocks } from './es/blocks.ts';
import { clients } from './es/clients.ts';
import { common } from './es/common.ts';
import { consent } from './es/consent.ts';
import { device } from './es/device.ts';
import { feeds } from './es/feeds.ts';
import { oauth } from './es/oauth.ts';
import { oauthClients } from './es/oauth-clients.ts';
import { personalKeys } from './es/personal-keys.ts';
import { redirects } from './es/redirects.ts';
import { adminScopes, scopes } from './es/scopes.ts';
import { settings } from './es/settings.ts';
import { tools } from './es/tools.ts';
import { usage } from './es/usage.ts';
import { userKeys } from './es/user-keys.ts';
import type { Format } from './format.ts';
import type { Messages } from './messages.ts';

/** Returns the Spanish texts of all pages. */
export const createSpanish = (format: Format): Messages => ({
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
