import type { Messages } from '../messages.ts';

/** What the built-in scopes of users allow. */
export const scopes: Messages['scopes'] = {
  read: {
    sentence: 'Alles lesen, was Sie lesen können',
    details: 'Auch das, was nur Sie sehen können. Die App kann nichts schreiben, ändern oder löschen.',
  },
  write: {
    sentence: 'Alles in Ihrem Namen lesen, schreiben, ändern und löschen, was Sie können',
    details:
      'Auch das, was nur Sie sehen oder ändern können. Die App kann keine weiteren Schlüssel erstellen.',
  },
  message_bus: {
    sentence: 'Live-Aktualisierungen empfangen',
    details: 'Die App erfährt sofort, was für Sie neu ist. Sie kann nichts ändern.',
  },
  push: {
    sentence: 'Ihre Benachrichtigungen an einen externen Dienst senden lassen',
    details: 'Jede Benachrichtigung enthält einen Auszug des Beitrags. Die App kann sonst nichts lesen.',
  },
  one_time_password: {
    sentence: 'Sich einmal in einem Browser in Ihrem Namen anmelden',
    details:
      'Der Browser hat dann vollen Zugriff auf Ihr Konto. Der Link funktioniert nur einmal, innerhalb von 10 Minuten.',
  },
  notifications: {
    sentence: 'Ihre Benachrichtigungen lesen und als gelesen markieren',
    details:
      'Die App erfährt, wer Sie wo erwähnt oder Ihnen antwortet. Sie kann keine ganzen Beiträge lesen und keine schreiben.',
  },
  session_info: {
    sentence: 'Sehen, wer Sie sind und was für Sie neu ist',
    details:
      'Die App sieht Ihr Profil und in welchen Themen es neue Beiträge gibt. Sie kann sie weder lesen noch ändern.',
  },
  bookmarks_calendar: {
    sentence: 'Die Erinnerungen Ihrer Lesezeichen als Kalender lesen',
    details: 'Der Kalender enthält Titel und Zeiten. Die App kann sonst nichts lesen.',
  },
  user_status: {
    sentence: 'Ihren Status sehen, setzen und löschen',
    details: 'Der Status ist der kurze Text neben Ihrem Namen. Die App kann sonst nichts ändern.',
  },
};

/** What the built-in scopes of admin keys allow. */
export const adminScopes: Messages['adminScopes'] = {
  'topics:read': 'Themen und Themenlisten lesen',
  'topics:write': 'Themen beginnen und darauf antworten',
  'posts:read': 'Einzelne Beiträge lesen',
  'posts:edit': 'Beiträge ändern',
  'posts:delete': 'Beiträge löschen',
  'users:show': 'Profile von Nutzern sehen',
  'search:query': 'Suchen',
  'categories:list': 'Kategorien auflisten',
  'categories:show': 'Eine Kategorie und ihre Themen sehen',
};
