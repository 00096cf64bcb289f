import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** How keys were used in the last 30 days. */
export const usage = (format: Format): Messages['usage'] => ({
  title: 'Uso en los últimos 30 días',
  count: ({ count }) =>
    count === 0
      ? 'Ninguna petición'
      : format.plural(count, { one: '# petición', many: '# de peticiones', other: '# peticiones' }),
  chart: ({ count, most }) =>
    `${format.plural(count, {
      one: '# petición permitida en 30 días',
      many: '# de peticiones permitidas en 30 días',
      other: '# peticiones permitidas en 30 días',
    })}. Máximo en un día: ${most}.`,
  asTable: 'Mostrar como tabla',
  day: 'Día (UTC)',
  allowed: 'Permitidas',
  refused: 'Rechazadas',
  refusedTimes: ({ count, reason }) =>
    format.plural(count, {
      one: `Rechazada una vez en los últimos 7 días: ${reason}`,
      many: `Rechazada # de veces en los últimos 7 días: ${reason}`,
      other: `Rechazada # veces en los últimos 7 días: ${reason}`,
    }),
  reasons: {
    scope_insufficient: 'le falta el permiso',
    rate_limited: 'demasiadas peticiones',
    address_not_allowed: 'dirección IP no permitida',
    key_not_allowed_in_url: 'clave enviada en un enlace',
    key_revoked: 'clave revocada',
    key_expired: 'clave caducada',
    app_blocked: 'aplicación bloqueada por un administrador',
    user_suspended: 'cuenta suspendida',
  },
  otherReason: ({ code }) => `error «${code}»`,
});
