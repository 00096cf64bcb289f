import { html } from 'hono/html';
import type { AuditAction } from '../../../core/audit/audit-event.ts';
import type { Html } from '../../html.ts';
import type { Event } from '../en/audit.ts';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

const forOwner = (owner: Html | null) => (owner === null ? '' : html` para ${owner}`);
const ofOwner = (owner: Html | null) => (owner === null ? '' : html` de ${owner}`);

const events: Readonly<Record<AuditAction, (event: Event) => Html>> = {
  key_approved: ({ actor, subject, owner }) =>
    html`${actor} aprobó la aplicación ${subject}${forOwner(owner)}`,
  key_declined: ({ actor, subject, owner }) =>
    html`${actor} rechazó la aplicación ${subject}${forOwner(owner)}`,
  key_revoked: ({ actor, subject, owner }) => html`${actor} revocó la clave ${subject}${ofOwner(owner)}`,
  key_revoked_unused: ({ actor, subject, owner }) =>
    html`${actor} revocó la clave sin usar ${subject}${ofOwner(owner)}`,
  key_revoked_too_old: ({ actor, subject, owner }) =>
    html`${actor} revocó la clave ${subject}${ofOwner(owner)} por su antigüedad`,
  key_restored: ({ actor, subject, owner }) => html`${actor} restauró la clave ${subject}${ofOwner(owner)}`,
  key_renamed: ({ actor, subject, owner }) =>
    html`${actor} cambió el nombre de una clave${ofOwner(owner)} a ${subject}`,
  key_rotated: ({ actor, subject, owner }) => html`${actor} rotó la clave ${subject}${ofOwner(owner)}`,
  key_renewed: ({ actor, subject, owner }) => html`${actor} prorrogó la clave ${subject}${ofOwner(owner)}`,
  key_revoked_itself: ({ actor, subject, owner }) =>
    html`${actor} revocó su propia clave: ${subject}${ofOwner(owner)}`,
  one_time_password_approved: ({ actor, subject, owner }) =>
    html`${actor} permitió a ${subject} un inicio de sesión de un solo uso${forOwner(owner)}`,
  one_time_password_used: ({ actor, subject }) =>
    html`${subject} inició la sesión de ${actor} con una contraseña de un solo uso`,
  client_id_sent: ({ subject, owner }) => html`Una clave usa otro ID de cliente: ${subject}${ofOwner(owner)}`,
  client_registered: ({ actor, subject }) => html`${actor} se registró como ${subject}`,
  client_deleted: ({ actor, subject }) => html`${actor} eliminó el registro de ${subject}`,
  client_icon_saved: ({ actor, subject }) => html`${actor} asignó un icono a la aplicación ${subject}`,
  client_icon_deleted: ({ actor, subject }) => html`${actor} quitó el icono de la aplicación ${subject}`,
  app_blocked: ({ actor, subject }) => html`${actor} bloqueó la aplicación ${subject} en este sitio`,
  app_unblocked: ({ actor, subject }) => html`${actor} quitó el bloqueo de la aplicación ${subject}`,
  personal_key_made: ({ actor, subject, owner }) =>
    html`${actor} creó la clave personal ${subject}${forOwner(owner)}`,
  feed_subscribed: ({ actor, subject, owner }) =>
    html`${actor} creó una URL para el feed ${subject}${ofOwner(owner)}`,
  feed_unsubscribed: ({ actor, subject, owner }) =>
    html`${actor} quitó la URL del feed ${subject}${ofOwner(owner)}`,
  admin_key_created: ({ actor, subject, owner }) =>
    html`${actor} creó la clave de administración ${subject}${forOwner(owner)}`,
  admin_key_revoked: ({ actor, subject, owner }) =>
    html`${actor} revocó la clave de administración ${subject}${ofOwner(owner)}`,
  admin_key_revoked_unused: ({ actor, subject, owner }) =>
    html`${actor} revocó la clave de administración sin usar ${subject}${ofOwner(owner)}`,
  admin_key_restored: ({ actor, subject, owner }) =>
    html`${actor} restauró la clave de administración ${subject}${ofOwner(owner)}`,
  admin_key_deleted: ({ actor, subject, owner }) =>
    html`${actor} eliminó la clave de administración ${subject}${ofOwner(owner)}`,
  oauth_grant_replayed: ({ subject, owner }) =>
    html`Un código o token de ${subject}${forOwner(owner)} se usó dos veces, así que se revocó su acceso`,
  oauth_client_registered: ({ actor, subject }) => html`${actor} registró el cliente OAuth ${subject}`,
  oauth_client_blocked: ({ actor, subject }) => html`${actor} bloqueó el cliente OAuth ${subject}`,
  oauth_client_unblocked: ({ actor, subject }) => html`${actor} desbloqueó el cliente OAuth ${subject}`,
  oauth_client_deleted: ({ actor, subject }) => html`${actor} eliminó el cliente OAuth ${subject}`,
  mcp_tool_called: ({ subject, owner }) =>
    html`Un agente llamó a una herramienta${forOwner(owner)}: ${subject}`,
  setting_changed: ({ actor, subject }) => html`${actor} cambió el ajuste ${subject}`,
  user_erased: ({ actor, subject }) => html`${actor} borró un usuario con ${subject}`,
  database_restored: ({ actor, subject }) => html`${actor} restauró la base de datos: ${subject}`,
};

const actions: Readonly<Record<AuditAction, string>> = {
  key_approved: 'Aplicación aprobada',
  key_declined: 'Aplicación rechazada',
  key_revoked: 'Clave revocada',
  key_revoked_unused: 'Clave sin usar revocada',
  key_revoked_too_old: 'Clave antigua revocada',
  key_restored: 'Clave restaurada',
  key_renamed: 'Nombre de clave cambiado',
  key_rotated: 'Clave rotada',
  key_renewed: 'Clave prorrogada',
  key_revoked_itself: 'Clave revocada por su aplicación',
  one_time_password_approved: 'Inicio de sesión de un solo uso aprobado',
  one_time_password_used: 'Inicio de sesión de un solo uso utilizado',
  client_id_sent: 'ID de cliente cambiado por su aplicación',
  client_registered: 'Aplicación registrada',
  client_deleted: 'Registro de aplicación eliminado',
  client_icon_saved: 'Icono de una aplicación guardado',
  client_icon_deleted: 'Icono de una aplicación quitado',
  app_blocked: 'Aplicación bloqueada',
  app_unblocked: 'Bloqueo de aplicación quitado',
  personal_key_made: 'Clave personal creada',
  feed_subscribed: 'URL de feed creada',
  feed_unsubscribed: 'URL de feed quitada',
  admin_key_created: 'Clave de administración creada',
  admin_key_revoked: 'Clave de administración revocada',
  admin_key_revoked_unused: 'Clave de administración sin usar revocada',
  admin_key_restored: 'Clave de administración restaurada',
  admin_key_deleted: 'Clave de administración eliminada',
  oauth_grant_replayed: 'Token de OAuth usado dos veces',
  oauth_client_registered: 'Cliente OAuth registrado',
  oauth_client_blocked: 'Cliente OAuth bloqueado',
  oauth_client_unblocked: 'Cliente OAuth desbloqueado',
  oauth_client_deleted: 'Cliente OAuth eliminado',
  mcp_tool_called: 'Herramienta llamada por un agente',
  setting_changed: 'Ajuste cambiado',
  user_erased: 'Usuario borrado',
  database_restored: 'Base de datos restaurada',
};

/** The page with the audit log. */
export const audit = (format: Format): Messages['audit'] => ({
  title: 'Registro de auditoría',
  meaning: ({ link, days }) =>
    html`Cambios en claves, aplicaciones y ajustes hechos por usuarios, aplicaciones y el sitio. Se conservan durante
      ${link(format.plural(days, { one: '# día', many: '# de días', other: '# días' }))}. Registra llamadas de agentes a herramientas, pero ningún otro uso de claves ni ningún secreto.`,
  user: 'Usuario',
  action: 'Acción',
  anyAction: 'Cualquiera',
  subject: 'El nombre contiene',
  from: 'Desde (UTC)',
  until: 'Hasta (UTC)',
  show: 'Mostrar',
  showAll: 'Mostrar todo',
  exportCsv: 'Descargar como CSV',
  exportJsonLines: 'Descargar como líneas JSON',
  noMatch: 'Ningún evento coincide.',
  none: 'Aún no hay eventos.',
  newest: 'Más recientes',
  older: 'Anteriores',
  theSite: 'El sitio',
  anApp: 'Una aplicación',
  actions,
  events,
  where: ({ at, ipAddress, keyId }) => {
    const from = ipAddress === null ? '' : html`, desde <bdi>${ipAddress}</bdi>`;
    return html`${at}${from}${keyId === null ? '' : `, clave ${keyId}`}`;
  },
});
