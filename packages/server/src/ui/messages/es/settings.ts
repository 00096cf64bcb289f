import { describeRedirectPattern } from '@valetkey/protocol';
import { describeReason } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import type { Messages } from '../messages.ts';
import { errorTexts } from './common.ts';
import { redirectPatterns } from './redirect-patterns.ts';
import { settingDescriptions } from './setting-descriptions.ts';

/** The page with the settings. */
export const settings: Messages['settings'] = {
  title: 'Ajustes',
  meaning:
    'Los ajustes que también existen en Discourse se llaman igual. Los cambios se aplican a partir de la siguiente petición y quedan en el registro de auditoría.',
  sections: {
    requests: 'Solicitudes de aplicaciones',
    personal: 'Claves personales y feeds',
    expiry: 'Caducidad de las claves',
    limits: 'Límites de peticiones por clave',
    registration: 'Registro de aplicaciones',
    oauth: 'OAuth',
    mcp: 'Agentes (MCP)',
    push: 'Notificaciones push',
    origins: 'Páginas web de otros sitios',
    adminKeys: 'Claves de administración',
    audit: 'Registro de auditoría',
    other: 'Otros',
  },
  sectionsOf: 'Secciones',
  all: 'Todos',
  search: 'Buscar',
  onlyChanged: 'Solo lo que difiere del valor por defecto',
  show: 'Mostrar',
  noMatch: 'Ningún ajuste coincide.',
  differs: 'Cambiado',
  changedBy: ({ by, ago }) => html`Último cambio de ${by}, ${ago}`,
  explainRedirects: 'Probar un patrón y ver qué aplicaciones lo usan',
  describe: ({ setting }) => settingDescriptions[setting],
  describeRedirect: (pattern) => describeRedirectPattern(pattern, redirectPatterns),
  save: 'Guardar',
  notSaved: 'No se ha guardado nada. Corrige estos ajustes:',
  saved: ({ settings }) => html`Guardado: ${settings}.`,
  unchanged: 'No se ha cambiado nada.',
  describeMistake: (reason) =>
    reason.reason === 'changed_meanwhile'
      ? `Otro administrador ha cambiado este ajuste a «${reason.current}». Guarda de nuevo para usar tu valor.`
      : `Valor no válido: ${describeReason(reason, errorTexts)}.`,
  secretLimits: 'Deja este campo vacío para conservar el valor actual.',
  showSecret: ({ setting }) => html`Mostrar el valor actual<span class="unseen"> de ${setting}</span>`,
  range: ({ min, max }) => `De ${min} a ${max}.`,
  oneEach: 'Una entrada por línea.',
  default: ({ value }) => `Por defecto: ${value}.`,
  none: 'ningún valor',
  on: 'activado',
  off: 'desactivado',
  allows: 'Qué permite esto',
};
