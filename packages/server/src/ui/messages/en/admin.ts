import { html } from 'hono/html';
import type { Html } from '../../html.ts';
import type { Format } from '../format.ts';

/** The frame of the admin pages, and the overview. */
export const admin = (format: Format) => ({
  navigation: 'Keys and apps',
  pages: {
    overview: 'Overview',
    settings: 'Settings',
    redirects: 'Redirects',
    keys: 'Keys of users',
    adminKeys: 'Admin keys',
    clients: 'Registered apps',
    oauthClients: 'OAuth clients',
    tools: 'Tools for agents',
    blocks: 'Blocked apps',
    audit: 'Audit log',
  },
  deletedUser: ({ id }: { id: string }) => html`deleted user (<bdi>${id}</bdi>)`,
  overview: {
    heading: 'Keys and apps',
    disabled: ({ setting }: { setting: string }) =>
      html`Apps cannot request keys: <code>${setting}</code> is off. Existing keys keep working.`,
    about: {
      settings: 'Permissions that apps can request, allowed redirects, expiry and limits.',
      redirects: 'What a redirect pattern allows, which apps use it, and a safer one.',
      keys: 'What acts for whom: find keys by user, app, permission or last use, and revoke them.',
      adminKeys: 'Keys for your own scripts, with full, read-only or granular access.',
      clients: 'Apps that registered once for all of their users.',
      oauthClients: 'Apps that use OAuth or sign users in with their account on this site.',
      tools: 'What agents can call for users. Turn tools off one by one.',
      blocks: 'Apps that no user of this site can use.',
      audit: 'Who approved, revoked, registered or changed something, when, and from which IP address.',
    },
    usage: 'Requests with keys of users in the last 30 days',
    unusual: 'Refused often in the last 7 days',
    refusedOften: ({ app, user, count }: { app: Html; user: Html; count: number }) =>
      html`${app} of ${user}: ${format.plural(count, { one: '# request', other: '# requests' })}`,
    manyNetworks: 'Used from many networks in the last 7 days',
    usedFrom: ({ app, user, count }: { app: Html; user: Html; count: number }) =>
      html`${app} of ${user}: ${format.plural(count, { one: '# network on one day', other: '# networks on one day' })}`,
    changedSettings: ({ count }: { count: number }) =>
      count === 0
        ? 'All defaults'
        : format.plural(count, { one: '# setting changed', other: '# settings changed' }),
    activeKeys: ({ count }: { count: number }) =>
      count === 0 ? 'No active keys' : format.plural(count, { one: '# active key', other: '# active keys' }),
    blockedApps: ({ count }: { count: number }) =>
      count === 0 ? 'No app is blocked' : format.plural(count, { one: '# block', other: '# blocks' }),
    retention: ({ days }: { days: number }) =>
      format.plural(days, { one: 'Kept for # day', other: 'Kept for # days' }),
  },
});
