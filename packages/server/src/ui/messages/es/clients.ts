import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page about registered clients. */
export const clients = (format: Format): Messages['clients'] => ({
  title: 'Aplicaciones registradas',
  meaning:
    'Estas aplicaciones se registraron ellas mismas con un nombre, una clave pública y una redirección. Nadie las ha revisado: un registro solo demuestra que se trata siempre de la misma aplicación.',
  closed: ({ setting }) => html`Ninguna aplicación puede registrarse por ahora: ${setting} está vacío.`,
  none: 'No hay aplicaciones registradas.',
  noneOnThisPage: 'No hay aplicaciones registradas en esta página.',
  older: 'Anteriores',
  unknownScope: 'Sin acceso: este sitio ya no tiene este ámbito',
  clientId: 'ID de cliente',
  keysSentTo: 'Las claves se enviarán a',
  invalidRedirect: ({ redirect }) => html`redirección no válida: ${redirect}`,
  redirectNotAllowed:
    'Los ajustes no permiten esta redirección. Este sitio rechaza las solicitudes de la aplicación que la contienen.',
  redirectNotAddable:
    'Los ajustes no permiten esta redirección, y ningún patrón permite exactamente esta URL. Pide a quien desarrolla la aplicación que registre otra.',
  allowRedirect: 'Permitir esta redirección',
  allowRedirectMeaning: ({ redirect }) =>
    html`Cualquier aplicación podrá entonces solicitar claves que se envíen a ${redirect}. Comprueba que el host pertenece a una aplicación en la que confías. Un nombre parecido puede pertenecer a un atacante.`,
  registered: 'Registrada',
  registeredFrom: ({ at, ipAddress }) => html`${at}, desde <bdi>${ipAddress}</bdi>`,
  activeKeys: 'Claves activas',
  block: ({ app }) => html`Bloquear<span class="unseen"> ${app}</span>…`,
  delete: ({ app }) => html`Eliminar<span class="unseen"> ${app}</span>…`,
  deleteMeaning: ({ activeKeys }) =>
    activeKeys === 0
      ? 'Ningún usuario tiene una clave activa de esta aplicación.'
      : format.plural(activeKeys, {
          one: 'Un usuario tiene una clave activa de esta aplicación. Funciona hasta que se revoque.',
          many: '# de usuarios tienen claves activas de esta aplicación. Funcionan hasta que se revoquen.',
          other: '# usuarios tienen claves activas de esta aplicación. Funcionan hasta que se revoquen.',
        }),
  deleteHint:
    'La aplicación debe registrarse de nuevo para obtener claves nuevas. Para mantenerla fuera, bloquéala.',
  deleteRegistration: 'Eliminar el registro',
  deleteRegistrationOf: ({ app }) => `Eliminar el registro de ${app}`,
  icon: {
    link: ({ app }) => html`Icono<span class="unseen"> de ${app}</span>…`,
    title: ({ app }) => `Icono de ${app}`,
    heading: ({ app }) => html`Icono de <bdi>${app}</bdi>`,
    meaning:
      'Los usuarios ven el icono junto al nombre cuando aprueban la aplicación y en su lista de aplicaciones. Hace que la aplicación parezca revisada: asigna iconos solo a aplicaciones en las que confías. Otra aplicación con el mismo nombre no lo recibe.',
    withoutSecret:
      'Este cliente no tiene secreto. Su icono solo se muestra si la respuesta se envía a un sitio web, porque otros programas pueden usar su ID.',
    none: 'Esta aplicación no tiene icono.',
    file: 'Imagen',
    limits:
      'Una imagen PNG, JPEG o WebP cuadrada y sin animación: de 16 a 1024 píxeles y 64 KiB como máximo. Se muestra con 40 por 40 píxeles.',
    save: 'Guardar el icono',
    remove: 'Quitar el icono',
  },
});
