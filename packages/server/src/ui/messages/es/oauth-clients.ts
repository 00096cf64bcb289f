import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The page on which admins register and block OAuth clients. */
export const oauthClients: Messages['oauthClients'] = {
  title: 'Clientes OAuth',
  meaning:
    'Aplicaciones que usan OAuth o el inicio de sesión con OpenID Connect. Las que se identifican por una URL aparecen aquí cuando un usuario las aprueba. Bloquea una aplicación para terminar su acceso.',
  none: 'Aún no hay clientes OAuth.',
  older: 'Anteriores',
  registered: ({ app }) => html`<bdi>${app}</bdi> está registrada. Introduce estos valores en la aplicación:`,
  secretOnlyNow: 'Secreto del cliente. Solo se muestra ahora.',
  copySecret: 'Copiar el secreto',
  kinds: {
    registered: 'Registrada por un administrador.',
    dynamic: 'Se registró ella misma. Nadie ha comprobado su nombre.',
    document: 'Identificada por la URL de sus metadatos. Nadie ha comprobado su nombre.',
  },
  blocked: 'Bloqueada',
  blockEverywhere: ({ app }) => html`Bloquear<span class="unseen"> ${app}</span> en todo el sitio…`,
  blockedEverywhere: ({ value, reason }) =>
    html`El bloqueo de <bdi>${value}</bdi> detiene esta aplicación en todo el sitio: «<bdi>${reason}</bdi>».`,
  clientId: 'ID de cliente',
  redirects: 'Redirecciones',
  authentication: 'Autenticación',
  public: 'ninguna, con PKCE',
  confidential: 'secreto del cliente, con PKCE',
  withoutPkce: 'secreto del cliente, PKCE opcional',
  since: 'Desde',
  activeGrants: 'Conexiones activas',
  block: 'Bloquear',
  unblock: 'Desbloquear',
  refresh: 'Volver a cargar sus metadatos',
  delete: 'Eliminar',
  deleteMeaning:
    'Su acceso termina de inmediato. Una aplicación con URL puede volver a aprobarse; bloquéala para mantenerla fuera.',
  form: {
    heading: 'Registrar un cliente',
    name: 'Nombre',
    redirects: 'URL de redirección',
    redirectsHint:
      'Una por línea, exactamente como las envía la aplicación. http://127.0.0.1/callback permite cualquier puerto.',
    afterSignOut: 'URL de vuelta tras cerrar sesión, si la aplicación las usa. Una por línea.',
    kind: '¿Dónde se ejecuta?',
    public: 'En el dispositivo del usuario o en un navegador: no puede guardar un secreto.',
    confidential: 'En un servidor: recibe un secreto.',
    withoutPkce: 'En un servidor, con software que no admite PKCE: recibe un secreto.',
    register: 'Registrar',
  },
};
