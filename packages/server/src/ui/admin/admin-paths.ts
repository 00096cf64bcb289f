import type { Provider } from '../../issue/provider.ts';

/** The pages for admins, by what the navigation calls them. */
export const ADMIN_PAGES = {
  overview: { path: '/admin/user-api-keys', name: 'Overview' },
  settings: { path: '/admin/user-api-key-settings', name: 'Settings' },
  adminKeys: { path: '/admin/api/keys', name: 'Admin keys' },
  clients: { path: '/admin/user-api-key-clients', name: 'Registered apps' },
  audit: { path: '/admin/user-api-key-audit', name: 'Audit' },
} as const;

/** One of these pages. */
export type AdminPage = keyof typeof ADMIN_PAGES;

/** Where it is on this site. */
export const adminPath = (page: AdminPage, { basePath }: Pick<Provider, 'basePath'>): string =>
  basePath + ADMIN_PAGES[page].path;
