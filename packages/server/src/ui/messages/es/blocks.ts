import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page on which an admin blocks apps on the whole site. */
export const blocks = (format: Format): Messages['blocks'] => ({
  title: 'Aplicaciones bloqueadas',
  meaning:
    'Una aplicación bloqueada no recibe claves nuevas, y las que tiene dejan de funcionar de inmediato. Vuelven a funcionar cuando quitas el bloqueo.',
  none: 'No hay aplicaciones bloqueadas.',
  kinds: { client_id: 'ID de cliente', host: 'Host de la redirección o de la URL de push' },
  since: ({ at, by }) => html`${at}, por ${by}`,
  blockedSince: 'Bloqueada',
  reason: 'Motivo',
  remove: 'Quitar el bloqueo',
  removeOf: ({ value }) => `Quitar el bloqueo de ${value}`,
  form: {
    heading: 'Bloquear una aplicación',
    kind: 'Qué aplicaciones',
    hostHint:
      'Un host incluye sus subdominios y todos los puertos. Escribe myapp: para aplicaciones que abren enlaces con su propio esquema.',
    value: 'ID de cliente o host',
    reason: 'Motivo, que ven los usuarios de la aplicación',
    next: 'Continuar',
    invalid: 'No es un host ni un esquema como myapp:',
    missing: 'Escribe qué quieres bloquear y el motivo.',
  },
  confirm: {
    title: ({ value }) => html`¿Bloquear ${value}?`,
    keys: ({ count }) =>
      count === 0
        ? 'No afecta a ninguna clave ni conexión activa.'
        : format.plural(count, {
            one: '# clave o conexión activa deja de funcionar de inmediato.',
            many: '# de claves y conexiones activas dejan de funcionar de inmediato.',
            other: '# claves y conexiones activas dejan de funcionar de inmediato.',
          }),
    apps: 'Aplicaciones afectadas',
    perApp: ({ count }) => format.plural(count, { one: '# clave', many: '# de claves', other: '# claves' }),
    more: ({ count }) =>
      format.plural(count, {
        one: 'y # aplicación más',
        many: 'y # de aplicaciones más',
        other: 'y # aplicaciones más',
      }),
    shown: ({ reason }) => html`Sus usuarios ven el motivo: «<bdi>${reason}</bdi>»`,
    block: 'Bloquear',
    back: 'Volver',
  },
});
