import { describeError } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import { createErrorTexts } from '../error-texts.ts';
import type { Messages } from '../messages.ts';
import { errors } from './errors.ts';
import { reasons } from './reasons.ts';

/** The errors and reasons in Spanish. */
export const errorTexts = createErrorTexts({ language: 'es', errors, reasons });

/** Texts of several pages, and of the error page. */
export const common: Messages['common'] = {
  signedInAs: ({ username }) => html`Has iniciado sesión como <strong><bdi>${username}</bdi></strong>.`,
  language: 'Idioma',
  changeLanguage: 'Cambiar',
  switchAccount: '¿No eres tú? Cambiar de cuenta',
  approve: 'Aprobar',
  decline: 'Rechazar',
  copy: 'Copiar',
  copied: 'Copiado.',
  copyFailed: 'El navegador no ha permitido copiar. El texto está seleccionado: cópialo con el teclado.',
  key: 'Clave',
  copyKey: 'Copiar la clave',
  tryIt: 'Comando de prueba',
  copyCommand: 'Copiar el comando',
  yourApps: 'Tus aplicaciones',
  yourFeeds: 'Tus feeds',
  manageInApps: ({ link }) =>
    html`Puedes revocar el acceso en cualquier momento en ${link('tus aplicaciones')}.`,
  lastUse: ({ ago, ipAddress, userAgent }) =>
    userAgent === null || userAgent === ''
      ? html`${ago}, desde <bdi>${ipAddress}</bdi>`
      : html`${ago}, desde <bdi>${ipAddress}</bdi> con <bdi>${userAgent}</bdi>`,
  never: 'nunca',
  expires: 'Caducidad',
  dangerousScope: 'Riesgo alto: permítelo solo si confías plenamente en la aplicación.',
  destination: {
    thisPage: ({ app }) => html`una página desde la que la copias en <bdi>${app}</bdi>`,
    thisComputer: ({ host }) => html`un programa de este equipo (<code>${host}</code>)`,
    appLink: ({ scheme }) =>
      html`una aplicación de este dispositivo que abre enlaces <code>${scheme}:</code>`,
  },
  error: {
    title: 'Algo ha salido mal',
    code: ({ code }) => html`Código de error, para quien desarrolla la aplicación: <code>${code}</code>`,
    describe: (code, details) => describeError(code, details, errorTexts),
  },
};
