import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The frame of the admin pages, and the overview. */
export const admin = (format: Format): Messages['admin'] => ({
  navigation: 'Clés et applications',
  pages: {
    overview: 'Vue d’ensemble',
    settings: 'Paramètres',
    redirects: 'Redirections',
    keys: 'Clés des utilisateurs',
    adminKeys: 'Clés d’administration',
    clients: 'Applications enregistrées',
    oauthClients: 'Clients OAuth',
    tools: 'Outils pour agents',
    blocks: 'Applications bloquées',
    audit: 'Journal d’audit',
  },
  deletedUser: ({ id }) => html`utilisateur supprimé (<bdi>${id}</bdi>)`,
  overview: {
    heading: 'Clés et applications',
    disabled: ({ setting }) =>
      html`Les applications ne peuvent pas demander de clés : <code>${setting}</code> est désactivé. Les clés existantes continuent de fonctionner.`,
    about: {
      settings:
        'Permissions que les applications peuvent demander, redirections autorisées, expiration et limites.',
      redirects:
        'Ce qu’un motif de redirection autorise, quelles applications l’utilisent, et un motif plus sûr.',
      keys: 'Ce qui agit et pour qui : trouvez les clés par utilisateur, application, permission ou dernière utilisation, et révoquez-les.',
      adminKeys:
        'Clés pour vos propres scripts, avec un accès complet, en lecture seule ou limité à certains scopes.',
      clients: 'Applications enregistrées une fois pour tous leurs utilisateurs.',
      oauthClients:
        'Applications qui utilisent OAuth ou connectent les utilisateurs avec leur compte sur ce site.',
      tools: 'Ce que les agents peuvent appeler pour les utilisateurs. Désactivez les outils un par un.',
      blocks: 'Applications qu’aucun utilisateur de ce site ne peut utiliser.',
      audit: 'Qui a approuvé, révoqué, enregistré ou modifié quoi, quand et depuis quelle adresse IP.',
    },
    usage: 'Requêtes avec les clés des utilisateurs ces 30 derniers jours',
    unusual: 'Souvent refusées ces 7 derniers jours',
    refusedOften: ({ app, user, count }) =>
      html`${app} (${user}) : ${format.plural(count, { one: '# requête', many: '# de requêtes', other: '# requêtes' })}`,
    manyNetworks: 'Utilisées depuis de nombreux réseaux ces 7 derniers jours',
    usedFrom: ({ app, user, count }) =>
      html`${app} (${user}) : ${format.plural(count, { one: '# réseau en un jour', many: '# de réseaux en un jour', other: '# réseaux en un jour' })}`,
    changedSettings: ({ count }) =>
      count === 0
        ? 'Tout par défaut'
        : format.plural(count, {
            one: '# paramètre modifié',
            many: '# de paramètres modifiés',
            other: '# paramètres modifiés',
          }),
    activeKeys: ({ count }) =>
      count === 0
        ? 'Aucune clé active'
        : format.plural(count, { one: '# clé active', many: '# de clés actives', other: '# clés actives' }),
    blockedApps: ({ count }) =>
      count === 0
        ? 'Aucune application bloquée'
        : format.plural(count, { one: '# blocage', many: '# de blocages', other: '# blocages' }),
    retention: ({ days }) =>
      format.plural(days, {
        one: 'Conservation : # jour',
        many: 'Conservation : # de jours',
        other: 'Conservation : # jours',
      }),
  },
});
