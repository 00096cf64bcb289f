import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The page on which admins register and block OAuth clients. */
export const oauthClients: Messages['oauthClients'] = {
  title: 'Clients OAuth',
  meaning:
    'Les applications qui utilisent OAuth ou la connexion par OpenID Connect. Les applications identifiées par une URL apparaissent ici lorsqu’un utilisateur les approuve. Bloquez une application pour mettre fin à son accès.',
  none: 'Aucun client OAuth pour l’instant.',
  older: 'Plus anciens',
  registered: ({ app }) =>
    html`<bdi>${app}</bdi> est enregistrée. Saisissez ces valeurs dans l’application :`,
  secretOnlyNow: 'Secret client. Il n’est affiché que maintenant.',
  copySecret: 'Copier le secret',
  kinds: {
    registered: 'Enregistrée par un administrateur.',
    dynamic: 'Elle s’est enregistrée elle-même. Personne n’a vérifié son nom.',
    document: 'Identifiée par l’URL de ses métadonnées. Personne n’a vérifié son nom.',
  },
  blocked: 'Bloquée',
  blockEverywhere: ({ app }) => html`Bloquer<span class="unseen"> ${app}</span> sur tout le site…`,
  blockedEverywhere: ({ value, reason }) =>
    html`Le blocage de <bdi>${value}</bdi> arrête cette application sur tout le site : « <bdi>${reason}</bdi> ».`,
  clientId: 'ID client',
  redirects: 'Redirections',
  authentication: 'Authentification',
  public: 'aucune, avec PKCE',
  confidential: 'secret client, avec PKCE',
  withoutPkce: 'secret client, PKCE facultatif',
  since: 'Depuis',
  activeGrants: 'Connexions actives',
  block: 'Bloquer',
  unblock: 'Débloquer',
  refresh: 'Recharger ses métadonnées',
  delete: 'Supprimer',
  deleteMeaning:
    'Son accès prend fin immédiatement. Une application avec une URL peut être approuvée à nouveau ; bloquez-la pour l’écarter.',
  form: {
    heading: 'Enregistrer un client',
    name: 'Nom',
    redirects: 'URL de redirection',
    redirectsHint:
      'Une par ligne, exactement comme l’application les envoie. http://127.0.0.1/callback autorise tous les ports.',
    afterSignOut: 'URL de retour après la déconnexion, si l’application les utilise. Une par ligne.',
    kind: 'Où s’exécute-t-il ?',
    public: 'Sur l’appareil de l’utilisateur ou dans un navigateur : il ne peut pas garder de secret.',
    confidential: 'Sur un serveur : il reçoit un secret.',
    withoutPkce: 'Sur un serveur, avec un logiciel sans prise en charge de PKCE : il reçoit un secret.',
    register: 'Enregistrer',
  },
};
