import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The consent page of OAuth clients, and their grants on the page of apps. */
export const oauth: Messages['oauth'] = {
  callsItself: ({ app }) => html`Se presenta como «<bdi>${app}</bdi>».`,
  describedBy: ({ host }) =>
    html`Nadie ha comprobado ese nombre. Lo único cierto es la dirección <code>${host}</code>.`,
  anyoneOnThisComputer:
    'Ningún otro programa de este equipo te ha enviado aquí. Cualquiera de ellos puede usar este nombre.',
  otherComputer:
    'Si la aplicación se ejecuta en otro equipo, tu navegador no puede conectar con ella. Recházala e inicia sesión en ella con un código. No copies nunca la dirección que muestra tu navegador después de aprobar: da acceso a tu cuenta.',
  refusedScopes: ({ scopes }) =>
    html`La aplicación también ha pedido: ${scopes}. Este sitio no se lo concede a las aplicaciones.`,
  answerSentTo: ({ destination }) => html`Si apruebas, tu navegador envía la respuesta a ${destination}.`,
  signIn: 'La aplicación sabrá',
  identity: {
    openid: 'que tienes una cuenta aquí, para iniciar tu sesión',
    profile: 'tu nombre y tu foto',
    email: 'tu dirección de correo electrónico',
  },
  connected: 'Ya conectada desde',
  replace: 'Desconectar las conexiones anteriores de esta aplicación',
  nextTime: 'La próxima vez',
  remember: 'Iniciar mi sesión en esta aplicación sin volver a preguntar, hasta que la desconecte',
  approved: 'Conectada',
  clientId: 'ID de cliente',
  signOut: {
    title: ({ site }) => `Cerrar sesión en ${site}`,
    question: ({ site }) => html`Una aplicación pide cerrar tu sesión en <bdi>${site}</bdi>.`,
    ownQuestion: ({ site }) => html`¿Quieres cerrar la sesión en <bdi>${site}</bdi>?`,
    meaning: 'Las aplicaciones que has conectado conservan su acceso.',
    button: 'Cerrar sesión',
    done: 'Has cerrado la sesión',
    doneMeaning: 'Puedes cerrar esta página.',
  },
};
