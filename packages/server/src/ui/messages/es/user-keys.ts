import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page on which an admin finds and revokes the keys of all users. */
export const userKeys = (format: Format): Messages['userKeys'] => ({
  title: 'Claves de usuarios',
  meaning:
    'Las claves activas de todos los usuarios. Las conexiones de aplicaciones OAuth son un tipo aparte.',
  user: 'Usuario',
  name: 'Nombre de la aplicación',
  clientId: 'ID de cliente',
  redirect: 'Redirección',
  scope: 'Permiso',
  kind: 'Tipo',
  unusedDays: 'Sin usar desde hace (días)',
  expiresDays: 'Caduca en (días)',
  any: 'Cualquiera',
  show: 'Mostrar',
  showAll: 'Mostrar todo',
  none: 'Ninguna clave coincide.',
  older: 'Anteriores',
  export: 'Descargar como CSV',
  select: ({ app, user }) => `Seleccionar ${app} de ${user}`,
  columns: {
    app: 'Aplicación',
    user: 'Usuario',
    permissions: 'Permisos',
    lastUsed: 'Último uso',
    expires: 'Caducidad',
  },
  by: ({ kind, created }) => html`${kind}, desde el ${created}`,
  revokeSelected: 'Revocar las claves seleccionadas',
  revokeMatching: ({ count }) =>
    format.plural(count, {
      one: 'Revocar la clave de esta página',
      many: 'Revocar los # de claves de esta página',
      other: 'Revocar las # claves de esta página',
    }),
  revokeMeaning:
    'Las claves revocadas dejan de funcionar de inmediato. Solo un administrador puede restaurarlas.',
  revokeConnectionsMeaning:
    'Las conexiones revocadas terminan de inmediato. Sus aplicaciones deben conectarse de nuevo.',
  revoked: ({ count }) =>
    format.plural(count, {
      one: 'Se ha revocado # clave.',
      many: 'Se han revocado # de claves.',
      other: 'Se han revocado # claves.',
    }),
});
