import type { Messages } from '../messages.ts';

/** The page that lists a user's feeds, and the page with a new feed URL. */
export const feeds: Messages['feeds'] = {
  title: 'Feeds',
  meaning:
    'Ein Feed hat eine eigene URL, die eine Kalender-App oder ein Feedreader ohne Anmeldung abruft. Die URL gibt nur Zugriff auf diesen Feed.',
  notOffered:
    'Diese Website erstellt zurzeit keine neuen Feed-URLs. Ihre vorhandenen URLs funktionieren weiter.',
  none: 'Diese Website hat keine Feeds.',
  noUrl: 'Sie haben keine URL für diesen Feed.',
  noUrlNotOffered: 'Sie haben keine URL für diesen Feed, und diese Website kann keine erstellen.',
  created: 'URL erstellt',
  lastFetched: 'Zuletzt abgerufen',
  resetMeaning: 'Zurücksetzen erstellt eine neue URL; die bisherige wird ungültig.',
  subscribe: 'Abonnieren',
  subscribeTo: ({ feed }) => `Abonnieren: ${feed}`,
  reset: 'Zurücksetzen',
  resetFeed: ({ feed }) => `Zurücksetzen: ${feed}`,
  remove: 'Entfernen',
  removeFeed: ({ feed }) => `Entfernen: ${feed}`,
  newUrl: {
    title: 'Ihre Feed-URL',
    onlyNow:
      'Die URL wird nur einmal angezeigt. Jeder, der sie hat, kann diesen Feed in Ihrem Namen lesen: Geben Sie sie nur Ihrer Kalender-App oder Ihrem Feedreader. Wenn sie bekannt wird, setzen Sie sie zurück.',
    copy: ({ feed }) => `Kopieren: ${feed}`,
    open: 'In Ihrer Kalender-App öffnen',
    google: 'Zu Google Kalender hinzufügen',
    outlook: 'Zu Outlook.com hinzufügen',
    calendarsRead: 'Google oder Microsoft speichert dann die URL und liest den Feed alle paar Stunden.',
  },
};
