import type { Format } from './format.ts';
import { admin } from './fr/admin.ts';
import { adminKeys } from './fr/admin-keys.ts';
import { apps } from './fr/apps.ts';
import { audit } from './fr/audit.ts';
import { blocks } from './fr/blocks.ts';
import { clients } from './fr/clients.ts';
import { common } from './fr/common.ts';
import { consent } from './fr/consent.ts';
import { device } from './fr/device.ts';
import { feeds } from './fr/feeds.ts';
import { oauth } from './fr/oauth.ts';
import { oauthClients } from './fr/oauth-clients.ts';
import { personalKeys } from './fr/personal-keys.ts';
import { redirects } from './fr/redirects.ts';
import { adminScopes, scopes } from './fr/scopes.ts';
import { settings } from './fr/settings.ts';
import { tools } from './fr/tools.ts';
import { usage } from './fr/usage.ts';
import { userKeys } from './fr/user-keys.ts';
import type { Messages } from './messages.ts';

/** Returns the French texts of all pages. */
export const createFrench = (format: Format): Messages => ({
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
