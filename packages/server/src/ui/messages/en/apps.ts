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
  feeds: 'Feeds',
  noFeeds: 'No feed URLs.',
  manageFeeds: 'Manage feed URLs',
  revokedLately: 'Revoked in the last 7 days',
  name: ({ app }: App) => html`<bdi>${app}</bdi>`,
  nameOfOldKey: ({ app }: App) => html`<bdi>${app}</bdi> (old key)`,
  created: 'Created',
  approved: 'Approved',
  sentClientId: 'Client id sent by the app',
  lastUsed: 'Last used',
  lastFetched: 'Last fetched',
  wasReplaced: ({ until }: { until: Html }) => html`${until}; a newer key replaced it`,
  allowedFrom: 'Allowed from',
  urlKey: 'Works in a link',
  yes: 'yes',
  revoke: 'Revoke',
  revokeApp: ({ app }: App) => `Revoke ${app}`,
  revokeOldKey: ({ app }: App) => `Revoke the old key of ${app}`,
  remove: 'Remove',
  removeFeed: ({ feed }: { feed: string }) => `Remove ${feed}`,
  older: 'Older',
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
  rotate: {
    rotate: 'Rotate',
    rotateApp: ({ app }: App) => `Rotate ${app}`,
    meaning: 'You get a new key with the same permissions and expiry.',
    oldKey: 'Old key',
    stopsNow: 'stops working now',
    worksFor: ({ seconds }: { seconds: number }) => `works for another ${format.duration(seconds)}`,
    create: 'Create the new key',
    createFor: ({ app }: App) => `Create the new key of ${app}`,
  },
});
