import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The pages on which a user decides about a key or a one-time password. */
export const consent = (format: Format): Messages['consent'] => ({
  title: ({ app }) => `¿Permitir ${app}?`,
  heading: ({ app }) => html`¿Permitir que <bdi>${app}</bdi> acceda a tu cuenta?`,
  unverifiedApp: 'Aplicación sin verificar: ella misma eligió este nombre.',
  unknown: {
    check: 'Cualquiera puede usar este nombre. Aprueba solo si todo esto es cierto:',
    started: ({ app }) => html`Acabas de abrir <bdi>${app}</bdi> por tu cuenta.`,
    host: ({ app, host }) =>
      html`<code class="host">${host}</code> es el sitio web de <bdi>${app}</bdi>: coincide cada letra.`,
    needs: 'La aplicación necesita todos estos permisos para lo que quieres hacer.',
  },
  scopes: 'La aplicación podrá',
  optionalScopes: 'Puedes desmarcar permisos. La aplicación recibe la lista de los que concedes.',
  risks: { read: 'Leer', change: 'Modificar', dangerous: 'Riesgo alto' },
  newScope: 'Nuevo',
  keySentTo: ({ destination }) => html`Si apruebas, tu navegador envía la clave a ${destination}.`,
  noExpiry: 'nunca; funciona hasta que la revoques',
  expiry: ({ at, seconds }) => html`${at} (dentro de ${format.duration(seconds)})`,
  earlier: 'Elegir una caducidad anterior',
  endsAfter: 'La clave caduca en',
  asRequested: 'el plazo solicitado',
  replaces: 'Sustituye',
  replacedKey: ({ approved, lastUsed }) =>
    lastUsed === null
      ? html`la clave aprobada el ${approved}, nunca usada; dejará de funcionar`
      : html`la clave aprobada el ${approved}, usada por última vez ${lastUsed}; dejará de funcionar`,
  urlKey: 'Funciona en un enlace',
  urlKeyMeaning:
    'La clave puede formar parte de una URL, por ejemplo en una aplicación de calendario. Cualquiera que tenga esa URL puede leer los mismos datos. Revoca la clave si otra persona obtiene la URL.',
  notifications: 'Las notificaciones se enviarán a',
  password: 'La aplicación no recibe tu contraseña.',
  declined: {
    title: 'Rechazado',
    meaning: ({ app }) =>
      html`<bdi>${app}</bdi> no ha obtenido acceso. Si cambias de opinión, empieza de nuevo desde la aplicación.`,
    back: ({ site }) => `Volver a ${site}`,
  },
  payload: {
    title: 'Copia esto en la aplicación',
    heading: ({ app }) => html`Copia esto en <bdi>${app}</bdi>`,
    instructions: ({ app }) =>
      html`La clave está cifrada: solo <bdi>${app}</bdi> puede leerla. Copia todo el texto y pégalo allí.`,
    label: 'Clave cifrada',
    problem: 'Si la aplicación no puede leer este texto, empieza de nuevo desde la aplicación.',
  },
  oneTimePassword: {
    title: ({ app }) => `¿Permitir que ${app} inicie tu sesión?`,
    heading: ({ app }) => html`¿Permitir que <bdi>${app}</bdi> inicie tu sesión una vez?`,
    meaning: ({ site }) =>
      html`La aplicación recibirá un enlace que abre ${site} en tu nombre, con acceso completo a tu cuenta. El enlace
        funciona una vez, en los próximos 10 minutos.`,
    linkSentTo: ({ destination }) => html`Si apruebas, tu navegador envía el enlace a ${destination}.`,
    toDecline: 'Para rechazar, cierra esta página.',
  },
});
