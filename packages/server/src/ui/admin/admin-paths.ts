import type { PagePaths } from '../../ports/page-paths.ts';

/** The paths of the admin pages, below their prefix. */
export const ADMIN_PAGE_PATHS = {
  overview: '/user-api-keys',
  settings: '/user-api-key-settings',
  redirects: '/user-api-key-redirects',
  keys: '/user-api-key-list',
  adminKeys: '/api/keys',
  clients: '/user-api-key-clients',
  oauthClients: '/oauth-clients',
  tools: '/mcp-tools',
  blocks: '/user-api-key-blocks',
  audit: '/user-api-key-audit',
} as const;

/** One of the admin pages. */
export type AdminPage = keyof typeof ADMIN_PAGE_PATHS;

/** Returns the path of an admin page on this site. */
export const adminPath = (page: AdminPage, { paths }: { readonly paths: PagePaths }): string =>
  (paths.admin ?? '') + ADMIN_PAGE_PATHS[page];
