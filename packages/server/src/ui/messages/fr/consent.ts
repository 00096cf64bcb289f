import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The pages on which a user decides about a key or a one-time password. */
export const consent = (format: Format): Messages['consent'] => ({
  title: ({ app }) => `Autoriser ${app} ?`,
  heading: ({ app }) => html`Autoriser <bdi>${app}</bdi> à accéder à votre compte ?`,
  unverifiedApp: 'Application non vérifiée : elle a choisi ce nom elle-même.',
  unknown: {
    check: 'N’importe qui peut utiliser ce nom. N’approuvez que si tout ceci est vrai :',
    started: ({ app }) => html`Vous venez de lancer <bdi>${app}</bdi> vous-même.`,
    host: ({ app, host }) =>
      html`<code class="host">${host}</code> est le site de <bdi>${app}</bdi> : chaque lettre correspond.`,
    needs: 'L’application a besoin de toutes ces permissions pour ce que vous voulez faire.',
  },
  scopes: 'L’application pourra',
  optionalScopes:
    'Vous pouvez décocher des permissions. L’application reçoit la liste de celles que vous accordez.',
  risks: { read: 'Lire', change: 'Modifier', dangerous: 'Risque élevé' },
  newScope: 'Nouveau',
  keySentTo: ({ destination }) => html`Si vous approuvez, votre navigateur envoie la clé à ${destination}.`,
  noExpiry: 'jamais ; valable jusqu’à ce que vous la révoquiez',
  expiry: ({ at, seconds }) => html`${at} (dans ${format.duration(seconds)})`,
  earlier: 'Choisir une expiration plus proche',
  endsAfter: 'La clé expire après',
  asRequested: 'la durée demandée',
  replaces: 'Remplace',
  replacedKey: ({ approved, lastUsed }) =>
    lastUsed === null
      ? html`la clé approuvée le ${approved}, jamais utilisée ; elle cessera de fonctionner`
      : html`la clé approuvée le ${approved}, dernière utilisation : ${lastUsed} ; elle cessera de fonctionner`,
  urlKey: 'Utilisable dans un lien',
  urlKeyMeaning:
    'La clé peut faire partie d’une URL, par exemple dans une application de calendrier. Toute personne qui a cette URL peut lire les mêmes données. Révoquez la clé si quelqu’un d’autre obtient l’URL.',
  notifications: 'Les notifications seront envoyées à',
  password: 'L’application ne reçoit pas votre mot de passe.',
  declined: {
    title: 'Refusé',
    meaning: ({ app }) =>
      html`<bdi>${app}</bdi> n’a pas obtenu l’accès. Si vous changez d’avis, recommencez depuis l’application.`,
    back: ({ site }) => `Retour à ${site}`,
  },
  payload: {
    title: 'Copiez ceci dans l’application',
    heading: ({ app }) => html`Copiez ceci dans <bdi>${app}</bdi>`,
    instructions: ({ app }) =>
      html`La clé est chiffrée : seule <bdi>${app}</bdi> peut la lire. Copiez tout le texte et collez-le dans l’application.`,
    label: 'Clé chiffrée',
    problem: 'Si l’application ne peut pas lire ce texte, recommencez depuis l’application.',
  },
  oneTimePassword: {
    title: ({ app }) => `Laisser ${app} vous connecter ?`,
    heading: ({ app }) => html`Laisser <bdi>${app}</bdi> vous connecter une fois ?`,
    meaning: ({ site }) =>
      html`L’application recevra un lien qui ouvre ${site} en votre nom, avec un accès complet à votre compte. Le lien
        fonctionne une fois, dans les 10 minutes.`,
    linkSentTo: ({ destination }) =>
      html`Si vous approuvez, votre navigateur envoie le lien à ${destination}.`,
    toDecline: 'Pour refuser, fermez cette page.',
  },
});
