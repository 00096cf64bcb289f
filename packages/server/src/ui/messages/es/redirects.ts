import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page that explains which redirects a pattern allows. */
export const redirects = (format: Format): Messages['redirects'] => ({
  title: 'Redirecciones',
  meaning: ({ setting }) =>
    html`Una redirección es la URL que recibe la clave cifrada de una aplicación. ${setting} contiene lo que permite este sitio. Prueba un patrón aquí antes de añadirlo o quitarlo.`,
  pattern: 'Patrón',
  patternHint: 'Por ejemplo https://app.example/callback, https://app.example/app/* o myapp://callback',
  show: 'Explicar',
  allows: 'Qué permite',
  reach: 'Quién puede recibir claves',
  reaches: {
    device:
      'Aplicaciones de los dispositivos de los usuarios. Cualquier aplicación de un dispositivo puede reclamar los mismos enlaces.',
    computer: 'Solo programas de los equipos de los usuarios.',
    page: 'Una página de un sitio: el patrón más restrictivo para una aplicación web.',
    path: 'Varias páginas de un sitio.',
    site: 'Todas las páginas de un sitio.',
    subdomains: 'Todos los subdominios de un dominio.',
    everything: 'Todo el mundo.',
  },
  matches: 'Permite',
  refuses: 'No permite',
  safer: 'Un patrón más seguro',
  saferByApps: 'Las aplicaciones que lo usan ahora solo necesitan estos:',
  saferQuery: 'Si una aplicación añade una cadena de consulta a su redirección, termina el patrón con ?*',
  saferNone: 'Ningún patrón más restrictivo bastaría para las mismas aplicaciones.',
  saferUnknown: 'La URL exacta que usa la aplicación, como https://app.example/callback',
  apps: 'Aplicaciones que lo usan ahora',
  app: 'Aplicación',
  redirect: 'Redirección',
  activeKeys: 'Claves activas',
  noApps:
    'Ninguna clave activa se recibió en una redirección que permita. No se cuentan las claves aprobadas antes de que se guardaran las redirecciones.',
  listed: 'Este patrón está en los ajustes.',
  removeMeaning: ({ count }) =>
    count === 0
      ? 'Sin él, otro patrón seguiría permitiendo todas las redirecciones de estas aplicaciones.'
      : format.plural(count, {
          one: 'Sin él, # aplicación no puede solicitar claves nuevas. Sus claves existentes siguen funcionando.',
          many: 'Sin él, # de aplicaciones no pueden solicitar claves nuevas. Sus claves existentes siguen funcionando.',
          other:
            'Sin él, # aplicaciones no pueden solicitar claves nuevas. Sus claves existentes siguen funcionando.',
        }),
  change: 'Cambiar la lista en los ajustes',
  add: 'Añadir este patrón',
  addMeaning: 'Cualquier aplicación podrá entonces solicitar claves que se envíen a estas redirecciones.',
  added: ({ pattern }) => html`Los ajustes contienen ahora ${pattern}.`,
  current: 'Patrones de los ajustes',
  none: 'Ninguno: las aplicaciones muestran la clave para copiarla o usan el flujo de dispositivo.',
  appCount: ({ count }) =>
    count === 0
      ? 'ninguna aplicación'
      : format.plural(count, { one: '# aplicación', many: '# de aplicaciones', other: '# aplicaciones' }),
  wanted: 'Deseadas por aplicaciones registradas',
  wantedMeaning:
    'Los ajustes no permiten las redirecciones de estas aplicaciones. Comprueba que el host pertenece a la aplicación.',
  allow: 'Permitir',
  allowOf: ({ redirect, app }) => `Permitir ${redirect} para ${app}`,
});
