import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The frame of the admin pages, and the overview. */
export const admin = (format: Format): Messages['admin'] => ({
  navigation: 'Claves y aplicaciones',
  pages: {
    overview: 'Resumen',
    settings: 'Ajustes',
    redirects: 'Redirecciones',
    keys: 'Claves de usuarios',
    adminKeys: 'Claves de administración',
    clients: 'Aplicaciones registradas',
    oauthClients: 'Clientes OAuth',
    tools: 'Herramientas para agentes',
    blocks: 'Aplicaciones bloqueadas',
    audit: 'Registro de auditoría',
  },
  deletedUser: ({ id }) => html`usuario eliminado (<bdi>${id}</bdi>)`,
  overview: {
    heading: 'Claves y aplicaciones',
    disabled: ({ setting }) =>
      html`Las aplicaciones no pueden solicitar claves: <code>${setting}</code> está desactivado. Las claves existentes siguen funcionando.`,
    about: {
      settings:
        'Permisos que las aplicaciones pueden solicitar, redirecciones permitidas, caducidad y límites.',
      redirects: 'Qué permite un patrón de redirección, qué aplicaciones lo usan y uno más seguro.',
      keys: 'Qué actúa en nombre de quién: busca claves por usuario, aplicación, permiso o último uso, y revócalas.',
      adminKeys:
        'Claves para tus propios scripts, con acceso completo, de solo lectura o limitado a ciertos ámbitos.',
      clients: 'Aplicaciones que se registraron una vez para todos sus usuarios.',
      oauthClients:
        'Aplicaciones que usan OAuth o inician la sesión de usuarios con su cuenta de este sitio.',
      tools:
        'Lo que los agentes pueden llamar en nombre de los usuarios. Desactiva las herramientas una a una.',
      blocks: 'Aplicaciones que ningún usuario de este sitio puede usar.',
      audit: 'Quién aprobó, revocó, registró o cambió algo, cuándo y desde qué dirección IP.',
    },
    usage: 'Peticiones con claves de usuarios en los últimos 30 días',
    unusual: 'Rechazadas a menudo en los últimos 7 días',
    refusedOften: ({ app, user, count }) =>
      html`${app} de ${user}: ${format.plural(count, { one: '# petición', many: '# de peticiones', other: '# peticiones' })}`,
    manyNetworks: 'Usadas desde muchas redes en los últimos 7 días',
    usedFrom: ({ app, user, count }) =>
      html`${app} de ${user}: ${format.plural(count, { one: '# red en un día', many: '# de redes en un día', other: '# redes en un día' })}`,
    changedSettings: ({ count }) =>
      count === 0
        ? 'Todo por defecto'
        : format.plural(count, {
            one: '# ajuste cambiado',
            many: '# de ajustes cambiados',
            other: '# ajustes cambiados',
          }),
    activeKeys: ({ count }) =>
      count === 0
        ? 'Ninguna clave activa'
        : format.plural(count, {
            one: '# clave activa',
            many: '# de claves activas',
            other: '# claves activas',
          }),
    blockedApps: ({ count }) =>
      count === 0
        ? 'Ninguna aplicación bloqueada'
        : format.plural(count, { one: '# bloqueo', many: '# de bloqueos', other: '# bloqueos' }),
    retention: ({ days }) =>
      format.plural(days, {
        one: 'Se conserva durante # día',
        many: 'Se conserva durante # de días',
        other: 'Se conserva durante # días',
      }),
  },
});
