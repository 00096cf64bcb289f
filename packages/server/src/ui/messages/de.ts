import { admin } from './de/admin.ts';
import { adminKeys } from './de/admin-keys.ts';
import { apps } from './de/apps.ts';
import { audit } from './de/audit.ts';
import { blocks } from './de/blocks.ts';
import { clients } from './de/clients.ts';
import { common } from './de/common.ts';
import { consent } from './de/consent.ts';
import { device } from './de/device.ts';
import { feeds } from './de/feeds.ts';
import { oauth } from './de/oauth.ts';
import { oauthClients } from './de/oauth-clients.ts';
import { personalKeys } from './de/personal-keys.ts';
import { redirects } from './de/redirects.ts';
import { adminScopes, scopes } from './de/scopes.ts';
import { settings } from './de/settings.ts';
import { tools } from './de/tools.ts';
import { usage } from './de/usage.ts';
import { userKeys } from './de/user-keys.ts';
import type { Format } from './format.ts';
import type { Messages } from './messages.ts';

/** Returns the German texts of all pages. */
export const createGerman = (format: Format): Messages => ({
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
