import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { Format } from '../format.ts';

type App = { app: string };

/** The page that lists a user's keys, and the pages after revoking and restoring one. */
export const apps = (format: Format) => ({
  title: 'Apps',
  heading: 'Your apps',
  none: 'No apps. Apps that you approve appear here.',
  createKey: 'Create a personal key',
  manageFeeds: 'Manage feed URLs',
  kinds: { app: 'App', oauth: 'App (OAuth)', personal: 'Personal key', feed: 'Feed' },
  search: 'Search',
  sort: 'Sort by',
  sorts: { created: 'Newest first', used: 'Most recently used first', name: 'Name' },
  show: 'Show',
  showAll: 'Show all',
  noMatch: 'No app matches.',
  usage: 'Last 30 days',
  details: ({ app }: App) => html`Details<span class="unseen"> of <bdi>${app}</bdi></span>`,
  permissions: 'What it can do',
  rename: {
    label: 'Name',
    hint: 'Only you and the admins see this name.',
    rename: 'Rename',
  },
  bulk: {
    title: 'Revoke several',
    unused: ({ days }: { days: number }) =>
      format.plural(days, { one: 'Keys not used for # day', other: 'Keys not used for # days' }),
    count: ({ count }: { count: number }) => format.plural(count, { one: '# key', other: '# keys' }),
    all: 'All of them',
    meaning:
      'The keys stop working at once. You can restore them for 7 days. Access by OAuth cannot be restored: these apps must connect again.',
    revokeUnused: 'Revoke unused keys',
    revokeAll: 'Revoke all keys',
  },
  blocked: ({ reason }: { reason: string }) =>
    html`An admin of this site has blocked this app: “<bdi>${reason}</bdi>”. It cannot access your account.`,
  revokedLately: 'Revoked in the last 7 days',
  name: ({ app }: App) => html`<bdi>${app}</bdi>`,
  nameOfOldKey: ({ app }: App) => html`<bdi>${app}</bdi> (old key)`,
  created: 'Created',
  approved: 'Approved',
  sentClientId: 'Client id sent by the app',
  lastUsed: 'Last used',
  lastFetched: 'Last fetched',
  wasReplaced: ({ until }: { until: Html }) => html`${until}; a newer key replaced it`,
  allowedFrom: 'Allowed IP addresses',
  urlKey: 'Works in a link',
  forAgents: 'For AI agents',
  yes: 'yes',
  revoke: 'Revoke',
  revokeApp: ({ app }: App) => `Revoke ${app}`,
  revokeOldKey: ({ app }: App) => `Revoke the old key of ${app}`,
  remove: 'Remove',
  removeFeed: ({ feed }: { feed: string }) => `Remove ${feed}`,
  next: 'Next page',
  previous: 'Previous page',
  undo: 'Undo',
  undoApp: ({ app }: App) => `Undo: ${app}`,
  revokedAgo: ({ ago }: { ago: Html }) => html`Revoked ${ago}.`,
  revokedUnused: ({ ago }: { ago: Html }) => html`Revoked ${ago}, because it was not used.`,
  revoked: {
    title: 'Revoked',
    app: ({ app }: App) => html`<bdi>${app}</bdi> no longer has access to your account.`,
    oldKey: ({ app }: App) => html`The old key of <bdi>${app}</bdi> no longer works.`,
    feed: ({ feed }: { feed: string }) => html`The URL of the feed “<bdi>${feed}</bdi>” no longer works.`,
    newerKey: 'A newer key replaced it.',
  },
  restored: {
    title: 'Restored',
    app: ({ app }: App) => html`<bdi>${app}</bdi> has access to your account again.`,
    feed: ({ feed }: { feed: string }) => html`The URL of the feed “<bdi>${feed}</bdi>” works again.`,
  },
  renew: { renew: 'Renew', renewApp: ({ app }: App) => `Renew ${app}` },
  rotate: {
    rotate: 'Rotate',
    rotateApp: ({ app }: App) => `Rotate ${app}`,
    meaning: 'You get a new key with the same permissions and expiry.',
    oldKey: 'Old key',
    stopsNow: 'stops working now',
    worksFor: ({ seconds }: { seconds: number }) => `works for another ${format.duration(seconds)}`,
    create: 'Create the new key',
    createFor: ({ app }: App) => `Create the new key for ${app}`,
  },
});
