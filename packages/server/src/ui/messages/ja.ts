import type { Format } from './format.ts';
import { admin } from './ja/admin.ts';
import { adminKeys } from './ja/admin-keys.ts';
import { apps } from './ja/apps.ts';
import { audit } from './ja/audit.ts';
import { blocks } from './ja/blocks.ts';
import { clients } from './ja/clients.ts';
import { common } from './ja/common.ts';
import { consent } from './ja/consent.ts';
import { device } from './ja/device.ts';
import { feeds } from './ja/feeds.ts';
import { oauth } from './ja/oauth.ts';
import { oauthClients } from './ja/oauth-clients.ts';
import { personalKeys } from './ja/personal-keys.ts';
import { redirects } from './ja/redirects.ts';
import { adminScopes, scopes } from './ja/scopes.ts';
import { settings } from './ja/settings.ts';
import { tools } from './ja/tools.ts';
import { usage } from './ja/usage.ts';
import { userKeys } from './ja/user-keys.ts';
import type { Messages } from './messages.ts';

/** Returns the Japanese texts of all pages. */
export const createJapanese = (format: Format): Messages => ({
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
