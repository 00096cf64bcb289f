import type { RedirectPatternTexts } from '@valetkey/protocol';

const onPort = (port: string): string =>
  port === '*' ? ' sur n’importe quel port' : port === '' ? '' : ` sur le port ${port}`;

/** What redirect patterns allow. */
export const redirectPatterns: RedirectPatternTexts = {
  everything: {
    allows:
      'TOUT : n’importe quelle URL de n’importe quel site, et n’importe quelle application sur n’importe quel appareil.',
    warning:
      'Un attaquant qui amène un utilisateur à approuver une demande reçoit la clé. Indiquez plutôt les redirections de vos applications.',
  },
  allows: ({ place, pages }) => `${place} : ${pages}.`,
  places: {
    subdomains: ({ scheme, host, port }) =>
      `Tous les sous-domaines de ${host}, à tous les niveaux, en ${scheme}${onPort(port)}, mais pas ${host} lui-même`,
    loopback: ({ scheme, host, port }) =>
      `Une application sur l’ordinateur de l’utilisateur, à l’adresse ${host} en ${scheme}${onPort(port) || ' sur son port par défaut uniquement'}`,
    site: ({ scheme, host, port }) => `Le site ${scheme}://${host}${onPort(port)}`,
    app: ({ scheme, host, port }) =>
      `Une application sur l’appareil de l’utilisateur qui ouvre les liens ${scheme}:, à l’adresse ${host}${onPort(port)}`,
  },
  pages: {
    none: 'uniquement cette URL, sans chemin ni chaîne de requête',
    exact: ({ path }) => `exactement ${path}`,
    exactWithoutQuery: ({ path }) => `exactement ${path}, sans chaîne de requête`,
    matching: ({ path }) =>
      `toute page qui correspond à ${path}, où chaque * représente un texte quelconque, barres obliques et chaîne de requête comprises`,
    any: 'toute page, avec n’importe quelle chaîne de requête',
    anyQuery: ({ path }) => `la page ${path}, avec une chaîne de requête éventuellement vide`,
    anyQueryWithoutPath: 'la page sans chemin, avec une chaîne de requête éventuellement vide',
    urlFrom: ({ start }) => `toute URL qui commence par ${start}`,
    under: ({ start }) => `toute page sous ${start}, avec n’importe quelle chaîne de requête`,
    pathFrom: ({ start }) =>
      `toute page dont le chemin commence par ${start} (aussi ${start}-plus et ${start}/plus), avec n’importe quelle chaîne de requête`,
  },
  withFragment: ({ pages, fragment }) => `${pages}, suivie d’un fragment qui correspond à ${fragment}`,
  warnings: {
    subdomains: ({ host }) =>
      `Sûr uniquement si tous les sous-domaines de ${host} sont à vous : un attaquant avec une page sur l’un d’eux peut recevoir des clés.`,
    unencrypted: 'Non chiffré : toute personne sur le trajet réseau peut lire l’URL. Utilisez https.',
    onlyPort80:
      'Port 80 uniquement. Pour une application qui écoute sur un port libre quelconque, utilisez http://127.0.0.1/*',
    anyPage:
      'Toute page : une page qui redirige ou affiche son URL divulgue la clé chiffrée. Indiquez la page que l’application utilise.',
  },
};
