import type { Messages } from '../messages.ts';

/** What the built-in scopes of users allow. */
export const scopes: Messages['scopes'] = {
  read: {
    sentence: 'Lire tout ce que vous pouvez lire',
    details:
      'Y compris ce que vous seul pouvez voir. L’application ne peut rien publier, modifier ni supprimer.',
  },
  write: {
    sentence: 'Lire, écrire, modifier et supprimer tout ce que vous pouvez, en votre nom',
    details:
      'Y compris ce que vous seul pouvez voir ou modifier. L’application ne peut pas créer d’autres clés.',
  },
  message_bus: {
    sentence: 'Recevoir les mises à jour en direct',
    details: 'L’application sait aussitôt ce qui est nouveau pour vous. Elle ne peut rien modifier.',
  },
  push: {
    sentence: 'Faire envoyer vos notifications à un service externe',
    details: 'Chaque notification contient un extrait du message. L’application ne peut rien lire d’autre.',
  },
  one_time_password: {
    sentence: 'Se connecter en votre nom, une fois, dans un navigateur',
    details:
      'Le navigateur a alors un accès complet à votre compte. Le lien fonctionne une fois, dans les 10 minutes.',
  },
  notifications: {
    sentence: 'Lire vos notifications et les marquer comme lues',
    details:
      'L’application sait qui vous mentionne ou vous répond, et où. Elle ne peut ni lire de messages entiers ni en écrire.',
  },
  session_info: {
    sentence: 'Voir qui vous êtes et ce qui est nouveau pour vous',
    details:
      'L’application voit votre profil et les sujets qui ont de nouveaux messages. Elle ne peut ni les lire ni les modifier.',
  },
  bookmarks_calendar: {
    sentence: 'Lire les rappels de vos signets sous forme de calendrier',
    details: 'Le calendrier contient des titres et des heures. L’application ne peut rien lire d’autre.',
  },
  user_status: {
    sentence: 'Voir, définir et effacer votre statut',
    details: 'Le statut est le court texte à côté de votre nom. L’application ne peut rien modifier d’autre.',
  },
};

/** What the built-in scopes of admin keys allow. */
export const adminScopes: Messages['adminScopes'] = {
  'topics:read': 'Lire les sujets et leurs listes',
  'topics:write': 'Ouvrir des sujets et y répondre',
  'posts:read': 'Lire des messages individuels',
  'posts:edit': 'Modifier des messages',
  'posts:delete': 'Supprimer des messages',
  'users:show': 'Voir les profils des utilisateurs',
  'search:query': 'Rechercher',
  'categories:list': 'Lister les catégories',
  'categories:show': 'Voir une catégorie et ses sujets',
};
