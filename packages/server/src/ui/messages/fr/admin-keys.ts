import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The pages about admin keys. */
export const adminKeys = (format: Format): Messages['adminKeys'] => ({
  title: 'Clés d’administration',
  create: 'Créer une clé d’administration',
  meaning:
    'Pour vos propres scripts. Toute personne qui a une clé d’administration peut agir au nom des utilisateurs qu’elle couvre : ne donnez à chaque clé que l’accès nécessaire.',
  none: 'Aucune clé active',
  active: 'Actives',
  revoked: 'Révoquées',
  older: 'Plus anciennes',
  actsAs: 'Agit en tant que',
  anyUser: 'n’importe quel utilisateur',
  startsWith: 'La clé commence par',
  created: 'Création',
  createdBy: ({ day, user }) => html`${day} par ${user}`,
  lastUsed: 'Dernière utilisation',
  revoke: 'Révoquer',
  revokeKey: ({ description }) => `Révoquer : ${description}`,
  undo: 'Annuler',
  undoKey: ({ description }) => `Annuler : ${description}`,
  delete: 'Supprimer définitivement',
  deleteKey: ({ description }) => `Supprimer définitivement : ${description}`,
  modes: {
    global: 'Accès complet à tout ce à quoi ses utilisateurs ont accès',
    read_only: 'Lire tout ce que ses utilisateurs peuvent lire, sans rien modifier',
    granular: 'Scopes sélectionnés uniquement',
  },
  unknownScope: 'Aucun accès : ce site n’a plus ce scope',
  onlyWith: ({ parameter, values }) => html`seulement si ${parameter} vaut <bdi>${format.list(values)}</bdi>`,
  form: {
    title: 'Nouvelle clé d’administration',
    heading: 'Créer une clé d’administration',
    description: 'Description',
    descriptionHint: 'À quoi sert la clé, pour savoir ce qui cessera de fonctionner si vous la révoquez.',
    username: 'Utilisateur',
    usernameHint:
      'L’utilisateur au nom duquel la clé agit. Si le champ est vide, chaque requête peut nommer n’importe quel utilisateur.',
    access: 'Accès',
    scopes: 'Scopes',
    scopesHint:
      'Pour « Scopes sélectionnés uniquement ». Séparez les valeurs par des virgules ; le scope n’autorise alors que ces valeurs. Si un champ est vide, il autorise toutes les valeurs.',
    onlyIf: ({ parameter }) => `seulement si ${parameter} vaut`,
    scopeOnlyIf: ({ scope, parameter }) => `${scope} : seulement si ${parameter} vaut`,
    create: 'Créer la clé',
    allKeys: 'Toutes les clés d’administration',
  },
  createdKey: {
    title: 'Votre nouvelle clé d’administration',
    heading: ({ description }) => html`Clé d’administration pour <bdi>${description}</bdi>`,
    onlyNow:
      'La clé n’est affichée qu’une fois. Copiez-la maintenant dans votre script. Ne la mettez jamais dans une page web ou une application que d’autres peuvent obtenir.',
    access: 'Accès',
    allKeys: 'Toutes les clés d’administration',
  },
});
