import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page on which an admin blocks apps on the whole site. */
export const blocks = (format: Format): Messages['blocks'] => ({
  title: 'Applications bloquées',
  meaning:
    'Une application bloquée n’obtient pas de nouvelles clés, et ses clés existantes cessent de fonctionner immédiatement. Elles fonctionnent à nouveau si vous levez le blocage.',
  none: 'Aucune application n’est bloquée.',
  kinds: { client_id: 'ID client', host: 'Hôte de la redirection ou de l’URL de push' },
  since: ({ at, by }) => html`${at}, par ${by}`,
  blockedSince: 'Blocage',
  reason: 'Raison',
  remove: 'Lever le blocage',
  removeOf: ({ value }) => `Lever le blocage : ${value}`,
  form: {
    heading: 'Bloquer une application',
    kind: 'Quelles applications',
    hostHint:
      'Un hôte comprend ses sous-domaines et tous les ports. Saisissez myapp: pour les applications qui ouvrent des liens avec leur propre schéma.',
    value: 'ID client ou hôte',
    reason: 'Raison, affichée aux utilisateurs de l’application',
    next: 'Continuer',
    invalid: 'Ce n’est ni un hôte ni un schéma comme myapp:',
    missing: 'Indiquez ce qu’il faut bloquer, et la raison.',
  },
  confirm: {
    title: ({ value }) => html`Bloquer ${value} ?`,
    keys: ({ count }) =>
      count === 0
        ? 'Aucune clé ni connexion active n’est concernée.'
        : format.plural(count, {
            one: '# clé ou connexion active cesse de fonctionner immédiatement.',
            many: '# de clés et connexions actives cessent de fonctionner immédiatement.',
            other: '# clés et connexions actives cessent de fonctionner immédiatement.',
          }),
    apps: 'Applications concernées',
    perApp: ({ count }) => format.plural(count, { one: '# clé', many: '# de clés', other: '# clés' }),
    more: ({ count }) =>
      format.plural(count, {
        one: 'et # autre application',
        many: 'et # d’autres applications',
        other: 'et # autres applications',
      }),
    shown: ({ reason }) => html`Ses utilisateurs voient la raison : « <bdi>${reason}</bdi> »`,
    block: 'Bloquer',
    back: 'Retour',
  },
});
