import type { PagePaths } from '../../ports/page-paths.ts';

/** The pages for admins: their path below the prefix, and what the navigation calls them. */
export const ADMIN_PAGES = {
  overview: { path: '/user-api-keys', name: 'Overview' },
  settings: { path: '/user-api-key-settings', name: 'Settings' },
  adminKeys: { path: '/api/keys', name: 'Admin keys' },
  clients: { path: '/user-api-key-clients', name: 'Registered apps' },
  audit: { path: '/user-api-key-audit', name: 'Audit' },
} as const;

/** One of these pages. */
export type AdminPage = keyof typeof ADMIN_PAGES;

/** Path of one of these pages on this site. */
export const adminPath = (page: AdminPage, { paths }: { readonly paths: PagePaths }): string =>
  (paths.admin ?? '') + ADMIN_PAGES[page].path;
