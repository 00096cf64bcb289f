import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** How keys were used in the last 30 days. */
export const usage = (format: Format): Messages['usage'] => ({
  title: 'Utilisation ces 30 derniers jours',
  count: ({ count }) =>
    count === 0
      ? 'Aucune requête'
      : format.plural(count, { one: '# requête', many: '# de requêtes', other: '# requêtes' }),
  chart: ({ count, most }) =>
    `${format.plural(count, {
      one: '# requête autorisée en 30 jours',
      many: '# de requêtes autorisées en 30 jours',
      other: '# requêtes autorisées en 30 jours',
    })}. Maximum en un jour : ${most}.`,
  asTable: 'Afficher sous forme de tableau',
  day: 'Jour (UTC)',
  allowed: 'Autorisées',
  refused: 'Refusées',
  refusedTimes: ({ count, reason }) =>
    format.plural(count, {
      one: `Refusée # fois ces 7 derniers jours : ${reason}`,
      many: `Refusée # de fois ces 7 derniers jours : ${reason}`,
      other: `Refusée # fois ces 7 derniers jours : ${reason}`,
    }),
  reasons: {
    scope_insufficient: 'permission manquante',
    rate_limited: 'trop de requêtes',
    address_not_allowed: 'adresse IP non autorisée',
    key_not_allowed_in_url: 'clé envoyée dans un lien',
    key_revoked: 'clé révoquée',
    key_expired: 'clé expirée',
    app_blocked: 'application bloquée par un administrateur',
    user_suspended: 'compte suspendu',
  },
  otherReason: ({ code }) => `erreur ${code}`,
});
