import { describeError } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import { createErrorTexts } from '../error-texts.ts';
import type { Messages } from '../messages.ts';
import { errors } from './errors.ts';
import { reasons } from './reasons.ts';

/** The errors and reasons in French. */
export const errorTexts = createErrorTexts({ language: 'fr', errors, reasons });

/** Texts of several pages, and of the error page. */
export const common: Messages['common'] = {
  signedInAs: ({ username }) => html`Vous êtes connecté en tant que <strong><bdi>${username}</bdi></strong>.`,
  language: 'Langue',
  changeLanguage: 'Changer',
  switchAccount: 'Ce n’est pas vous ? Changer de compte',
  approve: 'Approuver',
  decline: 'Refuser',
  copy: 'Copier',
  copied: 'Copié.',
  copyFailed: 'Le navigateur n’a pas permis la copie. Le texte est sélectionné : copiez-le avec le clavier.',
  key: 'Clé',
  copyKey: 'Copier la clé',
  tryIt: 'Commande de test',
  copyCommand: 'Copier la commande',
  yourApps: 'Vos applications',
  yourFeeds: 'Vos flux',
  manageInApps: ({ link }) =>
    html`Vous pouvez révoquer l’accès à tout moment dans ${link('vos applications')}.`,
  lastUse: ({ ago, ipAddress, userAgent }) =>
    userAgent === null || userAgent === ''
      ? html`${ago}, depuis <bdi>${ipAddress}</bdi>`
      : html`${ago}, depuis <bdi>${ipAddress}</bdi> avec <bdi>${userAgent}</bdi>`,
  never: 'jamais',
  expires: 'Expiration',
  dangerousScope: 'Risque élevé : ne l’autorisez que si vous faites entièrement confiance à l’application.',
  destination: {
    thisPage: ({ app }) => html`une page depuis laquelle vous la copiez dans <bdi>${app}</bdi>`,
    thisComputer: ({ host }) => html`un programme sur cet ordinateur (<code>${host}</code>)`,
    appLink: ({ scheme }) =>
      html`une application sur cet appareil qui ouvre les liens <code>${scheme}:</code>`,
  },
  error: {
    title: 'Une erreur s’est produite',
    code: ({ code }) => html`Code d’erreur, pour le développeur de l’application : <code>${code}</code>`,
    describe: (code, details) => describeError(code, details, errorTexts),
  },
};
