import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page that explains which redirects a pattern allows. */
export const redirects = (format: Format): Messages['redirects'] => ({
  title: 'Redirections',
  meaning: ({ setting }) =>
    html`Une redirection est l’URL qui reçoit la clé chiffrée d’une application. ${setting} contient ce que ce site autorise. Essayez un motif ici avant de l’ajouter ou de le retirer.`,
  pattern: 'Motif',
  patternHint: 'Par exemple https://app.example/callback, https://app.example/app/* ou myapp://callback',
  show: 'Expliquer',
  allows: 'Ce qu’il autorise',
  reach: 'Qui peut recevoir des clés',
  reaches: {
    device:
      'Les applications sur les appareils des utilisateurs. Toute application d’un appareil peut revendiquer les mêmes liens.',
    computer: 'Uniquement les programmes sur les ordinateurs des utilisateurs.',
    page: 'Une page d’un site : le motif le plus restrictif pour une application web.',
    path: 'Plusieurs pages d’un site.',
    site: 'Toutes les pages d’un site.',
    subdomains: 'Tous les sous-domaines d’un domaine.',
    everything: 'Tout le monde.',
  },
  matches: 'Il autorise',
  refuses: 'Il n’autorise pas',
  safer: 'Un motif plus sûr',
  saferByApps: 'Les applications qui l’utilisent actuellement n’ont besoin que de ceux-ci :',
  saferQuery: 'Si une application ajoute une chaîne de requête à sa redirection, terminez le motif par ?*',
  saferNone: 'Aucun motif plus restrictif ne suffirait aux mêmes applications.',
  saferUnknown: 'L’URL exacte que l’application utilise, par exemple https://app.example/callback',
  apps: 'Applications qui l’utilisent actuellement',
  app: 'Application',
  redirect: 'Redirection',
  activeKeys: 'Clés actives',
  noApps:
    'Aucune clé active n’a été reçue à une redirection qu’il autorise. Les clés approuvées avant l’enregistrement des redirections ne sont pas comptées.',
  listed: 'Ce motif figure dans les paramètres.',
  removeMeaning: ({ count }) =>
    count === 0
      ? 'Sans lui, toutes les redirections de ces applications resteraient autorisées par un autre motif.'
      : format.plural(count, {
          one: 'Sans lui, # application ne peut plus demander de clés. Ses clés existantes continuent de fonctionner.',
          many: 'Sans lui, # d’applications ne peuvent plus demander de clés. Leurs clés existantes continuent de fonctionner.',
          other:
            'Sans lui, # applications ne peuvent plus demander de clés. Leurs clés existantes continuent de fonctionner.',
        }),
  change: 'Modifier la liste dans les paramètres',
  add: 'Ajouter ce motif',
  addMeaning: 'Toute application pourra alors demander des clés qui sont envoyées à ces redirections.',
  added: ({ pattern }) => html`Les paramètres contiennent maintenant ${pattern}.`,
  current: 'Motifs des paramètres',
  none: 'Aucun : les applications affichent la clé à copier, ou utilisent l’autorisation par appareil.',
  appCount: ({ count }) =>
    count === 0
      ? 'aucune application'
      : format.plural(count, { one: '# application', many: '# d’applications', other: '# applications' }),
  wanted: 'Souhaitées par des applications enregistrées',
  wantedMeaning:
    'Les paramètres n’autorisent pas les redirections de ces applications. Vérifiez que l’hôte appartient à l’application.',
  allow: 'Autoriser',
  allowOf: ({ redirect, app }) => `Autoriser ${redirect} pour ${app}`,
});
