import type { Messages } from '../messages.ts';

/** The page that lists a user's feeds, and the page with a new feed URL. */
export const feeds: Messages['feeds'] = {
  title: 'Flux',
  meaning:
    'Un flux a sa propre URL, qu’une application de calendrier ou un lecteur de flux récupère sans se connecter. L’URL ne donne accès qu’à ce flux.',
  notOffered:
    'Ce site ne crée pas de nouvelles URL de flux pour le moment. Vos URL existantes continuent de fonctionner.',
  none: 'Ce site n’a pas de flux.',
  noUrl: 'Vous n’avez pas d’URL pour ce flux.',
  noUrlNotOffered: 'Vous n’avez pas d’URL pour ce flux, et ce site ne peut pas en créer.',
  created: 'Création de l’URL',
  lastFetched: 'Dernière récupération',
  resetMeaning: 'Réinitialiser crée une nouvelle URL ; l’actuelle cesse de fonctionner.',
  subscribe: 'S’abonner',
  subscribeTo: ({ feed }) => `S’abonner : ${feed}`,
  reset: 'Réinitialiser',
  resetFeed: ({ feed }) => `Réinitialiser : ${feed}`,
  remove: 'Retirer',
  removeFeed: ({ feed }) => `Retirer : ${feed}`,
  newUrl: {
    title: 'Votre URL de flux',
    onlyNow:
      'L’URL n’est affichée qu’une fois. Toute personne qui l’a peut lire ce flux en votre nom : ne la donnez qu’à votre application de calendrier ou lecteur de flux. En cas de fuite, réinitialisez-la.',
    copy: ({ feed }) => `Copier : ${feed}`,
    open: 'Ouvrir dans votre application de calendrier',
    google: 'Ajouter à Google Agenda',
    outlook: 'Ajouter à Outlook.com',
    calendarsRead:
      'Google ou Microsoft conserve alors l’URL et lit le flux à intervalles de quelques heures.',
  },
};
