import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The consent page of OAuth clients, and their grants on the page of apps. */
export const oauth: Messages['oauth'] = {
  callsItself: ({ app }) => html`Elle se présente sous le nom « <bdi>${app}</bdi> ».`,
  describedBy: ({ host }) =>
    html`Personne n’a vérifié ce nom. Seule l’adresse <code>${host}</code> est certaine.`,
  anyoneOnThisComputer:
    'Aucun autre programme de cet ordinateur ne vous a envoyé ici. N’importe lequel peut utiliser ce nom.',
  otherComputer:
    'Si l’application s’exécute sur un autre ordinateur, votre navigateur ne peut pas la joindre. Refusez, puis connectez l’application avec un code. Ne copiez jamais l’adresse que votre navigateur affiche après l’approbation : elle donne accès à votre compte.',
  refusedScopes: ({ scopes }) =>
    html`L’application a aussi demandé : ${scopes}. Ce site ne l’accorde pas aux applications.`,
  answerSentTo: ({ destination }) =>
    html`Si vous approuvez, votre navigateur envoie la réponse à ${destination}.`,
  signIn: 'L’application saura',
  identity: {
    openid: 'que vous avez un compte ici, pour vous connecter',
    profile: 'votre nom et votre photo',
    email: 'votre adresse e-mail',
  },
  connected: 'Déjà connectée depuis',
  replace: 'Couper les connexions précédentes de cette application',
  nextTime: 'La prochaine fois',
  remember: 'Me connecter à cette application sans redemander, jusqu’à ce que je la déconnecte',
  approved: 'Connectée',
  clientId: 'ID client',
  signOut: {
    title: ({ site }) => `Se déconnecter de ${site}`,
    question: ({ site }) => html`Une application demande à vous déconnecter de <bdi>${site}</bdi>.`,
    ownQuestion: ({ site }) => html`Voulez-vous vous déconnecter de <bdi>${site}</bdi> ?`,
    meaning: 'Les applications que vous avez connectées conservent leur accès.',
    button: 'Se déconnecter',
    done: 'Vous êtes déconnecté',
    doneMeaning: 'Vous pouvez fermer cette page.',
  },
};
