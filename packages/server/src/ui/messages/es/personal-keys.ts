import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The form for a personal key, and the page that shows a new one. */
export const personalKeys = (format: Format): Messages['personalKeys'] => ({
  form: {
    title: 'Nueva clave',
    heading: 'Crear una clave personal',
    meaning:
      'Para tu propio script o programa. Cualquiera que tenga la clave puede actuar en tu nombre, dentro de los permisos que selecciones.',
    name: 'Nombre',
    scopes: 'Permisos',
    dangerousScope: 'Riesgo alto: protege esta clave tanto como tu contraseña.',
    expiry: 'Caduca en',
    days: ({ days }) => format.duration(days * 86_400),
    noExpiry: 'Sin caducidad',
    ipAddresses: 'Direcciones IP permitidas (opcional)',
    ipAddressesHint: ({ ipAddress }) =>
      html`Direcciones IP y redes, como 203.0.113.7 o 2001:db8::/32, separadas por espacios. La tuya es
        <bdi>${ipAddress}</bdi>. Si lo dejas vacío, la clave funciona desde cualquier dirección IP.`,
    forAgents:
      'También para agentes: un programa controlado por un modelo de lenguaje puede usar esta clave por MCP.',
    create: 'Crear la clave',
  },
  created: {
    title: 'Tu nueva clave',
    rotatedTitle: 'Clave rotada',
    heading: ({ name }) => html`Tu clave para <bdi>${name}</bdi>`,
    environment: 'Para .env y el comando valetkey',
    copyEnvironment: 'Copiar las líneas para .env',
    onlyNow: 'La clave solo se muestra una vez. Cópiala ahora y no la compartas.',
    oldKeyWorksUntil: ({ until }) =>
      html`La clave antigua funciona hasta el ${until}. Sustitúyela antes en todas partes.`,
    oldKeyStopped: 'La clave antigua ya no funciona. Sustitúyela en todas partes.',
    expires: ({ at }) => html`Esta clave caduca el ${at}.`,
    neverExpires: 'Esta clave no caduca.',
    revoke: ({ link }) => html`Puedes revocarla en ${link('tus aplicaciones')}.`,
  },
});
