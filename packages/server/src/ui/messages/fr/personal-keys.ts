import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The form for a personal key, and the page that shows a new one. */
export const personalKeys = (format: Format): Messages['personalKeys'] => ({
  form: {
    title: 'Nouvelle clé',
    heading: 'Créer une clé personnelle',
    meaning:
      'Pour votre propre script ou programme. Toute personne qui a la clé peut agir en votre nom, dans la limite des permissions choisies.',
    name: 'Nom',
    scopes: 'Permissions',
    dangerousScope: 'Risque élevé : protégez cette clé autant que votre mot de passe.',
    expiry: 'Expire après',
    days: ({ days }) => format.duration(days * 86_400),
    noExpiry: 'Pas d’expiration',
    ipAddresses: 'Adresses IP autorisées (facultatif)',
    ipAddressesHint: ({ ipAddress }) =>
      html`Adresses IP et réseaux, comme 203.0.113.7 ou 2001:db8::/32, séparés par des espaces. La vôtre est
        <bdi>${ipAddress}</bdi>. Si le champ est vide, la clé fonctionne depuis toute adresse IP.`,
    forAgents:
      'Aussi pour les agents : un programme piloté par un modèle de langage peut utiliser cette clé par MCP.',
    create: 'Créer la clé',
  },
  created: {
    title: 'Votre nouvelle clé',
    rotatedTitle: 'Clé renouvelée',
    heading: ({ name }) => html`Votre clé pour <bdi>${name}</bdi>`,
    environment: 'Pour .env et la commande valetkey',
    copyEnvironment: 'Copier les lignes pour .env',
    onlyNow: 'La clé n’est affichée qu’une fois. Copiez-la maintenant et ne la partagez pas.',
    oldKeyWorksUntil: ({ until }) =>
      html`L’ancienne clé fonctionne jusqu’au ${until}. Remplacez-la partout d’ici là.`,
    oldKeyStopped: 'L’ancienne clé ne fonctionne plus. Remplacez-la partout.',
    expires: ({ at }) => html`Cette clé expire le ${at}.`,
    neverExpires: 'Cette clé n’expire pas.',
    revoke: ({ link }) => html`Vous pouvez la révoquer dans ${link('vos applications')}.`,
  },
});
