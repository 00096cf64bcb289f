import { html } from 'hono/html';
import type { AuditAction } from '../../../core/audit/audit-event.ts';
import type { Html } from '../../html.ts';
import type { Event } from '../en/audit.ts';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** In parentheses, because “de” would need an elision before some names. */
const account = (owner: Html | null) => (owner === null ? '' : html` (compte : ${owner})`);

const events: Readonly<Record<AuditAction, (event: Event) => Html>> = {
  key_approved: ({ actor, subject, owner }) =>
    html`${actor} a approuvé l’application ${subject}${account(owner)}`,
  key_declined: ({ actor, subject, owner }) =>
    html`${actor} a refusé l’application ${subject}${account(owner)}`,
  key_revoked: ({ actor, subject, owner }) => html`${actor} a révoqué la clé ${subject}${account(owner)}`,
  key_revoked_unused: ({ actor, subject, owner }) =>
    html`${actor} a révoqué la clé inutilisée ${subject}${account(owner)}`,
  key_revoked_too_old: ({ actor, subject, owner }) =>
    html`${actor} a révoqué la clé ${subject}${account(owner)} en raison de son âge`,
  key_restored: ({ actor, subject, owner }) => html`${actor} a rétabli la clé ${subject}${account(owner)}`,
  key_renamed: ({ actor, subject, owner }) => html`${actor} a renommé une clé en ${subject}${account(owner)}`,
  key_rotated: ({ actor, subject, owner }) => html`${actor} a renouvelé la clé ${subject}${account(owner)}`,
  key_renewed: ({ actor, subject, owner }) => html`${actor} a prolongé la clé ${subject}${account(owner)}`,
  key_revoked_itself: ({ actor, subject, owner }) =>
    html`${actor} a révoqué sa propre clé : ${subject}${account(owner)}`,
  one_time_password_approved: ({ actor, subject, owner }) =>
    html`${actor} a autorisé ${subject} à effectuer une connexion à usage unique${account(owner)}`,
  one_time_password_used: ({ actor, subject }) =>
    html`${subject} a connecté ${actor} avec un mot de passe à usage unique`,
  client_id_sent: ({ subject, owner }) =>
    html`Une clé utilise un autre ID client : ${subject}${account(owner)}`,
  client_registered: ({ actor, subject }) => html`Enregistrement par ${actor} sous le nom ${subject}`,
  client_deleted: ({ actor, subject }) => html`${actor} a supprimé l’enregistrement ${subject}`,
  client_icon_saved: ({ actor, subject }) => html`${actor} a donné une icône à l’application ${subject}`,
  client_icon_deleted: ({ actor, subject }) => html`${actor} a retiré l’icône de l’application ${subject}`,
  app_blocked: ({ actor, subject }) => html`${actor} a bloqué l’application ${subject} sur ce site`,
  app_unblocked: ({ actor, subject }) => html`${actor} a levé le blocage de l’application ${subject}`,
  personal_key_made: ({ actor, subject, owner }) =>
    html`${actor} a créé la clé personnelle ${subject}${account(owner)}`,
  feed_subscribed: ({ actor, subject, owner }) =>
    html`${actor} a créé une URL pour le flux ${subject}${account(owner)}`,
  feed_unsubscribed: ({ actor, subject, owner }) =>
    html`${actor} a retiré l’URL du flux ${subject}${account(owner)}`,
  admin_key_created: ({ actor, subject, owner }) =>
    html`${actor} a créé la clé d’administration ${subject}${account(owner)}`,
  admin_key_revoked: ({ actor, subject, owner }) =>
    html`${actor} a révoqué la clé d’administration ${subject}${account(owner)}`,
  admin_key_revoked_unused: ({ actor, subject, owner }) =>
    html`${actor} a révoqué la clé d’administration inutilisée ${subject}${account(owner)}`,
  admin_key_restored: ({ actor, subject, owner }) =>
    html`${actor} a rétabli la clé d’administration ${subject}${account(owner)}`,
  admin_key_deleted: ({ actor, subject, owner }) =>
    html`${actor} a supprimé la clé d’administration ${subject}${account(owner)}`,
  oauth_grant_replayed: ({ subject, owner }) =>
    html`Un code ou un jeton de l’application ${subject}${account(owner)} a été utilisé deux fois ; son accès a été révoqué`,
  oauth_client_registered: ({ actor, subject }) => html`${actor} a enregistré le client OAuth ${subject}`,
  oauth_client_blocked: ({ actor, subject }) => html`${actor} a bloqué le client OAuth ${subject}`,
  oauth_client_unblocked: ({ actor, subject }) => html`${actor} a débloqué le client OAuth ${subject}`,
  oauth_client_deleted: ({ actor, subject }) => html`${actor} a supprimé le client OAuth ${subject}`,
  mcp_tool_called: ({ subject, owner }) => html`Un agent a appelé un outil${account(owner)} : ${subject}`,
  setting_changed: ({ actor, subject }) => html`${actor} a modifié le paramètre ${subject}`,
  user_erased: ({ actor, subject }) => html`${actor} a effacé un utilisateur avec ${subject}`,
  database_restored: ({ actor, subject }) => html`${actor} a restauré la base de données : ${subject}`,
};

const actions: Readonly<Record<AuditAction, string>> = {
  key_approved: 'Application approuvée',
  key_declined: 'Application refusée',
  key_revoked: 'Clé révoquée',
  key_revoked_unused: 'Clé inutilisée révoquée',
  key_revoked_too_old: 'Clé trop ancienne révoquée',
  key_restored: 'Clé rétablie',
  key_renamed: 'Clé renommée',
  key_rotated: 'Clé renouvelée',
  key_renewed: 'Clé prolongée',
  key_revoked_itself: 'Clé révoquée par son application',
  one_time_password_approved: 'Connexion à usage unique approuvée',
  one_time_password_used: 'Connexion à usage unique utilisée',
  client_id_sent: 'ID client changé par l’application',
  client_registered: 'Application enregistrée',
  client_deleted: 'Enregistrement d’application supprimé',
  client_icon_saved: 'Icône d’une application enregistrée',
  client_icon_deleted: 'Icône d’une application retirée',
  app_blocked: 'Application bloquée',
  app_unblocked: 'Blocage d’application levé',
  personal_key_made: 'Clé personnelle créée',
  feed_subscribed: 'URL de flux créée',
  feed_unsubscribed: 'URL de flux retirée',
  admin_key_created: 'Clé d’administration créée',
  admin_key_revoked: 'Clé d’administration révoquée',
  admin_key_revoked_unused: 'Clé d’administration inutilisée révoquée',
  admin_key_restored: 'Clé d’administration rétablie',
  admin_key_deleted: 'Clé d’administration supprimée',
  oauth_grant_replayed: 'Jeton OAuth utilisé deux fois',
  oauth_client_registered: 'Client OAuth enregistré',
  oauth_client_blocked: 'Client OAuth bloqué',
  oauth_client_unblocked: 'Client OAuth débloqué',
  oauth_client_deleted: 'Client OAuth supprimé',
  mcp_tool_called: 'Outil appelé par un agent',
  setting_changed: 'Paramètre modifié',
  user_erased: 'Utilisateur effacé',
  database_restored: 'Base de données restaurée',
};

/** The page with the audit log. */
export const audit = (format: Format): Messages['audit'] => ({
  title: 'Journal d’audit',
  meaning: ({ link, days }) =>
    html`Modifications des clés, des applications et des paramètres par les utilisateurs, les applications et le site. Conservation :
      ${link(format.plural(days, { one: '# jour', many: '# de jours', other: '# jours' }))}. Le journal contient les appels d’outils par des agents, mais aucune autre utilisation des clés et aucun secret.`,
  user: 'Utilisateur',
  action: 'Type d’action',
  anyAction: 'Toutes',
  subject: 'Le nom contient',
  from: 'Du (UTC)',
  until: 'Au (UTC)',
  show: 'Afficher',
  showAll: 'Tout afficher',
  exportCsv: 'Télécharger en CSV',
  exportJsonLines: 'Télécharger en lignes JSON',
  noMatch: 'Aucun événement ne correspond.',
  none: 'Aucun événement pour l’instant.',
  newest: 'Plus récents',
  older: 'Plus anciens',
  theSite: 'Le site',
  anApp: 'Une application',
  actions,
  events,
  where: ({ at, ipAddress, keyId }) => {
    const from = ipAddress === null ? '' : html`, depuis <bdi>${ipAddress}</bdi>`;
    return html`${at}${from}${keyId === null ? '' : `, clé ${keyId}`}`;
  },
});
