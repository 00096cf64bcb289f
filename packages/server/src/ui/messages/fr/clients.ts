import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page about registered clients. */
export const clients = (format: Format): Messages['clients'] => ({
  title: 'Applications enregistrées',
  meaning:
    'Ces applications se sont enregistrées elles-mêmes avec un nom, une clé publique et une redirection. Personne ne les a vérifiées : un enregistrement prouve seulement qu’il s’agit chaque fois de la même application.',
  closed: ({ setting }) =>
    html`Aucune application ne peut s’enregistrer pour le moment : ${setting} est vide.`,
  none: 'Aucune application enregistrée.',
  noneOnThisPage: 'Aucune application enregistrée sur cette page.',
  older: 'Plus anciennes',
  unknownScope: 'Aucun accès : ce site n’a plus ce scope',
  clientId: 'ID client',
  keysSentTo: 'Les clés seront envoyées à',
  invalidRedirect: ({ redirect }) => html`redirection non valide : ${redirect}`,
  redirectNotAllowed:
    'Les paramètres n’autorisent pas cette redirection. Ce site rejette les demandes de l’application qui la contiennent.',
  redirectNotAddable:
    'Les paramètres n’autorisent pas cette redirection, et aucun motif n’autorise exactement cette URL. Demandez au développeur d’en enregistrer une autre.',
  allowRedirect: 'Autoriser cette redirection',
  allowRedirectMeaning: ({ redirect }) =>
    html`Toute application pourra alors demander des clés qui sont envoyées à ${redirect}. Vérifiez que l’hôte appartient à une application de confiance. Un nom semblable peut appartenir à un attaquant.`,
  registered: 'Enregistrement',
  registeredFrom: ({ at, ipAddress }) => html`${at}, depuis <bdi>${ipAddress}</bdi>`,
  activeKeys: 'Clés actives',
  block: ({ app }) => html`Bloquer<span class="unseen"> ${app}</span>…`,
  delete: ({ app }) => html`Supprimer<span class="unseen"> ${app}</span>…`,
  deleteMeaning: ({ activeKeys }) =>
    activeKeys === 0
      ? 'Aucun utilisateur n’a de clé active de cette application.'
      : format.plural(activeKeys, {
          one: 'Un utilisateur a une clé active de cette application. Elle fonctionne jusqu’à sa révocation.',
          many: '# d’utilisateurs ont des clés actives de cette application. Elles fonctionnent jusqu’à leur révocation.',
          other:
            '# utilisateurs ont des clés actives de cette application. Elles fonctionnent jusqu’à leur révocation.',
        }),
  deleteHint:
    'L’application doit s’enregistrer à nouveau pour obtenir de nouvelles clés. Pour l’écarter, bloquez-la.',
  deleteRegistration: 'Supprimer l’enregistrement',
  deleteRegistrationOf: ({ app }) => `Supprimer l’enregistrement : ${app}`,
  icon: {
    link: ({ app }) => html`Icône<span class="unseen"> de ${app}</span>…`,
    title: ({ app }) => `Icône de ${app}`,
    heading: ({ app }) => html`Icône de <bdi>${app}</bdi>`,
    meaning:
      'Les utilisateurs voient l’icône à côté du nom lorsqu’ils approuvent l’application, puis dans la liste de leurs applications. Elle donne l’impression que l’application a été vérifiée : n’en donnez qu’aux applications de confiance. Une autre application du même nom ne la reçoit pas.',
    withoutSecret:
      'Ce client n’a pas de secret. Son icône n’apparaît que si la réponse est envoyée à un site web, car d’autres programmes peuvent utiliser son ID.',
    none: 'Cette application n’a pas d’icône.',
    file: 'Image',
    limits:
      'Une image PNG, JPEG ou WebP carrée, sans animation : de 16 à 1024 pixels, 64 Kio au maximum. Elle est affichée en 40 pixels sur 40.',
    save: 'Enregistrer l’icône',
    remove: 'Retirer l’icône',
  },
});
