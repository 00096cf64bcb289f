import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page on which an admin finds and revokes the keys of all users. */
export const userKeys = (format: Format): Messages['userKeys'] => ({
  title: 'Clés des utilisateurs',
  meaning:
    'Les clés actives de tous les utilisateurs. Les connexions des applications OAuth forment un type à part.',
  user: 'Utilisateur',
  name: 'Nom de l’application',
  clientId: 'ID client',
  redirect: 'Redirection',
  scope: 'Permission',
  kind: 'Type',
  unusedDays: 'Inutilisée depuis (jours)',
  expiresDays: 'Expire dans (jours)',
  any: 'Indifférent',
  show: 'Afficher',
  showAll: 'Tout afficher',
  none: 'Aucune clé ne correspond.',
  older: 'Plus anciennes',
  export: 'Télécharger en CSV',
  select: ({ app, user }) => `Sélectionner ${app} (${user})`,
  columns: {
    app: 'Application',
    user: 'Utilisateur',
    permissions: 'Permissions',
    lastUsed: 'Dernière utilisation',
    expires: 'Expiration',
  },
  by: ({ kind, created }) => html`${kind}, depuis le ${created}`,
  revokeSelected: 'Révoquer les clés sélectionnées',
  revokeMatching: ({ count }) =>
    format.plural(count, {
      one: 'Révoquer la clé de cette page',
      many: 'Révoquer les # de clés de cette page',
      other: 'Révoquer les # clés de cette page',
    }),
  revokeMeaning:
    'Les clés révoquées cessent de fonctionner immédiatement. Seul un administrateur peut les rétablir.',
  revokeConnectionsMeaning:
    'Les connexions révoquées prennent fin immédiatement. Leurs applications doivent se reconnecter.',
  revoked: ({ count }) =>
    format.plural(count, {
      one: '# clé a été révoquée.',
      many: '# de clés ont été révoquées.',
      other: '# clés ont été révoquées.',
    }),
});
