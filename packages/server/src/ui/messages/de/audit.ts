import { html } from 'hono/html';
import type { AuditAction } from '../../../core/audit/audit-event.ts';
import type { Html } from '../../html.ts';
import type { Event } from '../en/audit.ts';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

const forOwner = (owner: Html | null) => (owner === null ? '' : html` für ${owner}`);
const ofOwner = (owner: Html | null) => (owner === null ? '' : html` von ${owner}`);

const events: Readonly<Record<AuditAction, (event: Event) => Html>> = {
  key_approved: ({ actor, subject, owner }) =>
    html`${actor} hat die App ${subject}${forOwner(owner)} genehmigt`,
  key_declined: ({ actor, subject, owner }) =>
    html`${actor} hat die App ${subject}${forOwner(owner)} abgelehnt`,
  key_revoked: ({ actor, subject, owner }) =>
    html`${actor} hat den Schlüssel ${subject}${ofOwner(owner)} widerrufen`,
  key_revoked_unused: ({ actor, subject, owner }) =>
    html`${actor} hat den ungenutzten Schlüssel ${subject}${ofOwner(owner)} widerrufen`,
  key_revoked_too_old: ({ actor, subject, owner }) =>
    html`${actor} hat den Schlüssel ${subject}${ofOwner(owner)} wegen seines Alters widerrufen`,
  key_restored: ({ actor, subject, owner }) =>
    html`${actor} hat den Schlüssel ${subject}${ofOwner(owner)} wiederhergestellt`,
  key_renamed: ({ actor, subject, owner }) =>
    html`${actor} hat einen Schlüssel${ofOwner(owner)} in ${subject} umbenannt`,
  key_rotated: ({ actor, subject, owner }) =>
    html`${actor} hat den Schlüssel ${subject}${ofOwner(owner)} rotiert`,
  key_renewed: ({ actor, subject, owner }) =>
    html`${actor} hat den Schlüssel ${subject}${ofOwner(owner)} verlängert`,
  key_revoked_itself: ({ actor, subject, owner }) =>
    html`${actor} hat den eigenen Schlüssel widerrufen: ${subject}${ofOwner(owner)}`,
  one_time_password_approved: ({ actor, subject, owner }) =>
    html`${actor} hat ${subject} eine Anmeldung mit Einmalpasswort${forOwner(owner)} erlaubt`,
  one_time_password_used: ({ actor, subject }) =>
    html`${actor} wurde von ${subject} mit einem Einmalpasswort angemeldet`,
  client_id_sent: ({ subject, owner }) =>
    html`Ein Schlüssel verwendet eine andere Client-ID: ${subject}${ofOwner(owner)}`,
  client_registered: ({ actor, subject }) => html`${actor} hat sich als ${subject} registriert`,
  client_deleted: ({ actor, subject }) => html`${actor} hat die Registrierung von ${subject} gelöscht`,
  client_icon_saved: ({ actor, subject }) => html`${actor} hat der App ${subject} ein Symbol gegeben`,
  client_icon_deleted: ({ actor, subject }) => html`${actor} hat das Symbol der App ${subject} entfernt`,
  app_blocked: ({ actor, subject }) => html`${actor} hat die App ${subject} auf dieser Website gesperrt`,
  app_unblocked: ({ actor, subject }) => html`${actor} hat die Sperre der App ${subject} aufgehoben`,
  personal_key_made: ({ actor, subject, owner }) =>
    html`${actor} hat den persönlichen Schlüssel ${subject}${forOwner(owner)} erstellt`,
  feed_subscribed: ({ actor, subject, owner }) =>
    html`${actor} hat eine URL für den Feed ${subject}${ofOwner(owner)} erstellt`,
  feed_unsubscribed: ({ actor, subject, owner }) =>
    html`${actor} hat die URL des Feeds ${subject}${ofOwner(owner)} entfernt`,
  admin_key_created: ({ actor, subject, owner }) =>
    html`${actor} hat den Admin-Schlüssel ${subject}${forOwner(owner)} erstellt`,
  admin_key_revoked: ({ actor, subject, owner }) =>
    html`${actor} hat den Admin-Schlüssel ${subject}${ofOwner(owner)} widerrufen`,
  admin_key_revoked_unused: ({ actor, subject, owner }) =>
    html`${actor} hat den ungenutzten Admin-Schlüssel ${subject}${ofOwner(owner)} widerrufen`,
  admin_key_restored: ({ actor, subject, owner }) =>
    html`${actor} hat den Admin-Schlüssel ${subject}${ofOwner(owner)} wiederhergestellt`,
  admin_key_deleted: ({ actor, subject, owner }) =>
    html`${actor} hat den Admin-Schlüssel ${subject}${ofOwner(owner)} gelöscht`,
  oauth_grant_replayed: ({ subject, owner }) =>
    html`Ein Code oder Token von ${subject}${forOwner(owner)} wurde zweimal verwendet; der Zugriff wurde widerrufen`,
  oauth_client_registered: ({ actor, subject }) => html`${actor} hat den OAuth-Client ${subject} registriert`,
  oauth_client_blocked: ({ actor, subject }) => html`${actor} hat den OAuth-Client ${subject} gesperrt`,
  oauth_client_unblocked: ({ actor, subject }) => html`${actor} hat den OAuth-Client ${subject} entsperrt`,
  oauth_client_deleted: ({ actor, subject }) => html`${actor} hat den OAuth-Client ${subject} gelöscht`,
  mcp_tool_called: ({ subject, owner }) =>
    html`Ein Agent hat ein Tool aufgerufen${forOwner(owner)}: ${subject}`,
  setting_changed: ({ actor, subject }) => html`${actor} hat die Einstellung ${subject} geändert`,
  user_erased: ({ actor, subject }) => html`${actor} hat einen Nutzer mit ${subject} gelöscht`,
  database_restored: ({ actor, subject }) => html`${actor} hat die Datenbank wiederhergestellt: ${subject}`,
};

const actions: Readonly<Record<AuditAction, string>> = {
  key_approved: 'App genehmigt',
  key_declined: 'App abgelehnt',
  key_revoked: 'Schlüssel widerrufen',
  key_revoked_unused: 'Ungenutzter Schlüssel widerrufen',
  key_revoked_too_old: 'Alter Schlüssel widerrufen',
  key_restored: 'Schlüssel wiederhergestellt',
  key_renamed: 'Schlüssel umbenannt',
  key_rotated: 'Schlüssel rotiert',
  key_renewed: 'Schlüssel verlängert',
  key_revoked_itself: 'Schlüssel von seiner App widerrufen',
  one_time_password_approved: 'Anmeldung mit Einmalpasswort genehmigt',
  one_time_password_used: 'Anmeldung mit Einmalpasswort erfolgt',
  client_id_sent: 'Client-ID von der App geändert',
  client_registered: 'App registriert',
  client_deleted: 'Registrierung einer App gelöscht',
  client_icon_saved: 'Symbol einer App gespeichert',
  client_icon_deleted: 'Symbol einer App entfernt',
  app_blocked: 'App gesperrt',
  app_unblocked: 'Sperre einer App aufgehoben',
  personal_key_made: 'Persönlicher Schlüssel erstellt',
  feed_subscribed: 'Feed-URL erstellt',
  feed_unsubscribed: 'Feed-URL entfernt',
  admin_key_created: 'Admin-Schlüssel erstellt',
  admin_key_revoked: 'Admin-Schlüssel widerrufen',
  admin_key_revoked_unused: 'Ungenutzter Admin-Schlüssel widerrufen',
  admin_key_restored: 'Admin-Schlüssel wiederhergestellt',
  admin_key_deleted: 'Admin-Schlüssel gelöscht',
  oauth_grant_replayed: 'OAuth-Token zweimal verwendet',
  oauth_client_registered: 'OAuth-Client registriert',
  oauth_client_blocked: 'OAuth-Client gesperrt',
  oauth_client_unblocked: 'OAuth-Client entsperrt',
  oauth_client_deleted: 'OAuth-Client gelöscht',
  mcp_tool_called: 'Tool von einem Agenten aufgerufen',
  setting_changed: 'Einstellung geändert',
  user_erased: 'Nutzer gelöscht',
  database_restored: 'Datenbank wiederhergestellt',
};

/** The page with the audit log. */
export const audit = (format: Format): Messages['audit'] => ({
  title: 'Auditprotokoll',
  meaning: ({ link, days }) =>
    html`Änderungen an Schlüsseln, Apps und Einstellungen durch Nutzer, Apps und die Website. Aufbewahrung:
      ${link(format.plural(days, { one: '# Tag', other: '# Tage' }))}. Es enthält Aufrufe von Tools durch Agenten, aber keine andere Verwendung von Schlüsseln und kein Geheimnis.`,
  user: 'Nutzer',
  action: 'Aktion',
  anyAction: 'Beliebig',
  subject: 'Name enthält',
  from: 'Von (UTC)',
  until: 'Bis (UTC)',
  show: 'Anzeigen',
  showAll: 'Alle anzeigen',
  exportCsv: 'Als CSV herunterladen',
  exportJsonLines: 'Als JSON-Zeilen herunterladen',
  noMatch: 'Keine passenden Ereignisse.',
  none: 'Noch keine Ereignisse.',
  newest: 'Neueste',
  older: 'Ältere',
  theSite: 'Die Website',
  anApp: 'Eine App',
  actions,
  events,
  where: ({ at, ipAddress, keyId }) => {
    const from = ipAddress === null ? '' : html`, von <bdi>${ipAddress}</bdi>`;
    return html`${at}${from}${keyId === null ? '' : `, Schlüssel ${keyId}`}`;
  },
});
