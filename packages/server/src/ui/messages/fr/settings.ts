import { describeRedirectPattern } from '@valetkey/protocol';
import { describeReason } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import type { Messages } from '../messages.ts';
import { errorTexts } from './common.ts';
import { redirectPatterns } from './redirect-patterns.ts';
import { settingDescriptions } from './setting-descriptions.ts';

/** The page with the settings. */
export const settings: Messages['settings'] = {
  title: 'Paramètres',
  meaning:
    'Les paramètres qui existent aussi dans Discourse portent les mêmes noms. Les modifications s’appliquent dès la requête suivante et sont inscrites au journal d’audit.',
  sections: {
    requests: 'Demandes des applications',
    personal: 'Clés personnelles et flux',
    expiry: 'Expiration des clés',
    limits: 'Limites de requêtes par clé',
    registration: 'Enregistrement des applications',
    oauth: 'OAuth',
    mcp: 'Agents (MCP)',
    push: 'Notifications push',
    origins: 'Pages web d’autres sites',
    adminKeys: 'Clés d’administration',
    audit: 'Journal d’audit',
    other: 'Autres',
  },
  sectionsOf: 'Sections',
  all: 'Tous',
  search: 'Rechercher',
  onlyChanged: 'Uniquement ce qui diffère des valeurs par défaut',
  show: 'Afficher',
  noMatch: 'Aucun paramètre ne correspond.',
  differs: 'Modifié',
  changedBy: ({ by, ago }) => html`Dernière modification par ${by}, ${ago}`,
  explainRedirects: 'Essayer un motif et voir quelles applications l’utilisent',
  describe: ({ setting }) => settingDescriptions[setting],
  describeRedirect: (pattern) => describeRedirectPattern(pattern, redirectPatterns),
  save: 'Enregistrer',
  notSaved: 'Rien n’a été enregistré. Corrigez ces paramètres :',
  saved: ({ settings }) => html`Enregistré : ${settings}.`,
  unchanged: 'Rien n’a été modifié.',
  describeMistake: (reason) =>
    reason.reason === 'changed_meanwhile'
      ? `Un autre administrateur a remplacé la valeur de ce paramètre par « ${reason.current} ». Enregistrez à nouveau pour utiliser votre valeur.`
      : `Valeur non valide : ${describeReason(reason, errorTexts)}.`,
  secretLimits: 'Laissez ce champ vide pour conserver la valeur actuelle.',
  showSecret: ({ setting }) => html`Afficher la valeur actuelle<span class="unseen"> de ${setting}</span>`,
  range: ({ min, max }) => `De ${min} à ${max}.`,
  oneEach: 'Une entrée par ligne.',
  default: ({ value }) => `Par défaut : ${value}.`,
  none: 'aucune valeur',
  on: 'activé',
  off: 'désactivé',
  allows: 'Ce que cela autorise',
};
