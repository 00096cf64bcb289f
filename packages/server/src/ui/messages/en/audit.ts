import { html } from 'hono/html';
import type { AuditAction } from '../../../core/audit/audit-event.ts';
import type { Html } from '../../html.ts';
import type { Format } from '../format.ts';

/** The values of one event. `actor` can be the site or an app; `owner` is null if it is the actor. */
export interface Event {
  readonly actor: Html;
  readonly subject: Html;
  readonly owner: Html | null;
}

const forOwner = (owner: Html | null) => (owner === null ? '' : html` for ${owner}`);
const ofOwner = (owner: Html | null) => (owner === null ? '' : html` of ${owner}`);

const events: Readonly<Record<AuditAction, (event: Event) => Html>> = {
  key_approved: ({ actor, subject, owner }) => html`${actor} approved the app ${subject}${forOwner(owner)}`,
  key_declined: ({ actor, subject, owner }) => html`${actor} declined the app ${subject}${forOwner(owner)}`,
  key_revoked: ({ actor, subject, owner }) => html`${actor} revoked the key ${subject}${ofOwner(owner)}`,
  key_revoked_unused: ({ actor, subject, owner }) =>
    html`${actor} revoked the unused key ${subject}${ofOwner(owner)}`,
  key_revoked_too_old: ({ actor, subject, owner }) =>
    html`${actor} revoked the key ${subject}${ofOwner(owner)} because of its age`,
  key_restored: ({ actor, subject, owner }) => html`${actor} restored the key ${subject}${ofOwner(owner)}`,
  key_renamed: ({ actor, subject, owner }) => html`${actor} renamed a key to ${subject}${forOwner(owner)}`,
  key_rotated: ({ actor, subject, owner }) => html`${actor} rotated the key ${subject}${ofOwner(owner)}`,
  key_renewed: ({ actor, subject, owner }) => html`${actor} renewed the key ${subject}${ofOwner(owner)}`,
  key_revoked_itself: ({ actor, subject, owner }) =>
    html`${actor} revoked its own key: ${subject}${ofOwner(owner)}`,
  one_time_password_approved: ({ actor, subject, owner }) =>
    html`${actor} allowed ${subject} to sign them in once${forOwner(owner)}`,
  one_time_password_used: ({ actor, subject }) =>
    html`${actor} was signed in by ${subject} with a one-time password`,
  client_id_sent: ({ subject, owner }) => html`A key uses another client id: ${subject}${ofOwner(owner)}`,
  client_registered: ({ actor, subject }) => html`${actor} registered itself as ${subject}`,
  client_deleted: ({ actor, subject }) => html`${actor} deleted the registration of ${subject}`,
  client_icon_saved: ({ actor, subject }) => html`${actor} gave the app ${subject} an icon`,
  client_icon_deleted: ({ actor, subject }) => html`${actor} removed the icon of the app ${subject}`,
  app_blocked: ({ actor, subject }) => html`${actor} blocked the app ${subject} on this site`,
  app_unblocked: ({ actor, subject }) => html`${actor} removed the block on the app ${subject}`,
  personal_key_made: ({ actor, subject, owner }) =>
    html`${actor} created the personal key ${subject}${forOwner(owner)}`,
  feed_subscribed: ({ actor, subject, owner }) =>
    html`${actor} created a URL for the feed ${subject}${ofOwner(owner)}`,
  feed_unsubscribed: ({ actor, subject, owner }) =>
    html`${actor} removed the URL of the feed ${subject}${ofOwner(owner)}`,
  admin_key_created: ({ actor, subject, owner }) =>
    html`${actor} created the admin key ${subject}${forOwner(owner)}`,
  admin_key_revoked: ({ actor, subject, owner }) =>
    html`${actor} revoked the admin key ${subject}${ofOwner(owner)}`,
  admin_key_revoked_unused: ({ actor, subject, owner }) =>
    html`${actor} revoked the unused admin key ${subject}${ofOwner(owner)}`,
  admin_key_restored: ({ actor, subject, owner }) =>
    html`${actor} restored the admin key ${subject}${ofOwner(owner)}`,
  admin_key_deleted: ({ actor, subject, owner }) =>
    html`${actor} deleted the admin key ${subject}${ofOwner(owner)}`,
  oauth_grant_replayed: ({ subject, owner }) =>
    html`A code or token of ${subject}${ofOwner(owner)} was used twice, so its access was revoked`,
  oauth_client_registered: ({ actor, subject }) => html`${actor} registered the OAuth client ${subject}`,
  oauth_client_blocked: ({ actor, subject }) => html`${actor} blocked the OAuth client ${subject}`,
  oauth_client_unblocked: ({ actor, subject }) => html`${actor} unblocked the OAuth client ${subject}`,
  oauth_client_deleted: ({ actor, subject }) => html`${actor} deleted the OAuth client ${subject}`,
  mcp_tool_called: ({ subject, owner }) => html`An agent called a tool${forOwner(owner)}: ${subject}`,
  setting_changed: ({ actor, subject }) => html`${actor} changed the setting ${subject}`,
  user_erased: ({ actor, subject }) => html`${actor} erased a user with ${subject}`,
  database_restored: ({ actor, subject }) => html`${actor} restored the database from a ${subject}`,
};

const actions: Readonly<Record<AuditAction, string>> = {
  key_approved: 'App approved',
  key_declined: 'App declined',
  key_revoked: 'Key revoked',
  key_revoked_unused: 'Unused key revoked',
  key_revoked_too_old: 'Old key revoked',
  key_restored: 'Key restored',
  key_renamed: 'Key renamed',
  key_rotated: 'Key rotated',
  key_renewed: 'Key renewed',
  key_revoked_itself: 'Key revoked by its app',
  one_time_password_approved: 'One-time sign-in approved',
  one_time_password_used: 'One-time sign-in used',
  client_id_sent: 'Client id changed by its app',
  client_registered: 'App registered',
  client_deleted: 'App registration deleted',
  client_icon_saved: 'Icon of an app saved',
  client_icon_deleted: 'Icon of an app removed',
  app_blocked: 'App blocked',
  app_unblocked: 'App unblocked',
  personal_key_made: 'Personal key created',
  feed_subscribed: 'Feed URL created',
  feed_unsubscribed: 'Feed URL removed',
  admin_key_created: 'Admin key created',
  admin_key_revoked: 'Admin key revoked',
  admin_key_revoked_unused: 'Unused admin key revoked',
  admin_key_restored: 'Admin key restored',
  admin_key_deleted: 'Admin key deleted',
  oauth_grant_replayed: 'OAuth token used twice',
  oauth_client_registered: 'OAuth client registered',
  oauth_client_blocked: 'OAuth client blocked',
  oauth_client_unblocked: 'OAuth client unblocked',
  oauth_client_deleted: 'OAuth client deleted',
  mcp_tool_called: 'Tool called by an agent',
  setting_changed: 'Setting changed',
  user_erased: 'User erased',
  database_restored: 'Database restored',
};

/** The page with the audit log. */
export const audit = (format: Format) => ({
  title: 'Audit log',
  meaning: ({ link, days }: { link: (text: string) => Html; days: number }) =>
    html`Changes to keys, apps and settings by users, apps and the site. Kept for
      ${link(format.plural(days, { one: '# day', other: '# days' }))}. It records calls of tools by agents, but no other use of keys, and no secret.`,
  user: 'User',
  action: 'Action',
  anyAction: 'Any',
  subject: 'Name contains',
  from: 'From (UTC)',
  until: 'Until (UTC)',
  show: 'Show',
  showAll: 'Show all',
  exportCsv: 'Download as CSV',
  exportJsonLines: 'Download as JSON lines',
  noMatch: 'No matching events.',
  none: 'No events yet.',
  newest: 'Newest',
  older: 'Older',
  theSite: 'The site',
  anApp: 'An app',
  actions,
  events,
  where: ({ at, ipAddress, keyId }: { at: Html; ipAddress: string | null; keyId: string | null }) => {
    const from = ipAddress === null ? '' : html`, from <bdi>${ipAddress}</bdi>`;
    return html`${at}${from}${keyId === null ? '' : `, key ${keyId}`}`;
  },
});
