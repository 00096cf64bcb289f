import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The pages about admin keys. */
export const adminKeys = (format: Format): Messages['adminKeys'] => ({
  title: 'Claves de administración',
  create: 'Crear una clave de administración',
  meaning:
    'Para tus propios scripts. Cualquiera que tenga una clave de administración puede actuar como los usuarios para los que sirve: da a cada clave solo el acceso que necesita.',
  none: 'Ninguna clave activa',
  active: 'Activas',
  revoked: 'Revocadas',
  older: 'Anteriores',
  actsAs: 'Actúa como',
  anyUser: 'cualquier usuario',
  startsWith: 'La clave empieza por',
  created: 'Creada',
  createdBy: ({ day, user }) => html`${day} por ${user}`,
  lastUsed: 'Último uso',
  revoke: 'Revocar',
  revokeKey: ({ description }) => `Revocar: ${description}`,
  undo: 'Deshacer',
  undoKey: ({ description }) => `Deshacer: ${description}`,
  delete: 'Eliminar definitivamente',
  deleteKey: ({ description }) => `Eliminar definitivamente: ${description}`,
  modes: {
    global: 'Acceso completo a todo aquello a lo que sus usuarios pueden acceder',
    read_only: 'Leer todo lo que sus usuarios pueden leer, sin cambiar nada',
    granular: 'Solo los ámbitos seleccionados',
  },
  unknownScope: 'Sin acceso: este sitio ya no tiene este ámbito',
  onlyWith: ({ parameter, values }) => html`solo si ${parameter} es <bdi>${format.list(values)}</bdi>`,
  form: {
    title: 'Nueva clave de administración',
    heading: 'Crear una clave de administración',
    description: 'Descripción',
    descriptionHint: 'Para qué sirve la clave, para que sepas qué deja de funcionar si la revocas.',
    username: 'Usuario',
    usernameHint:
      'El usuario en cuyo nombre actúa la clave. Si se deja vacío, cada petición puede nombrar a cualquier usuario.',
    access: 'Acceso',
    scopes: 'Ámbitos',
    scopesHint:
      'Para «Solo los ámbitos seleccionados». Separa los valores con comas; el ámbito permite entonces solo esos valores. Si un campo está vacío, permite cualquier valor.',
    onlyIf: ({ parameter }) => `solo si ${parameter} es`,
    scopeOnlyIf: ({ scope, parameter }) => `${scope}: solo si ${parameter} es`,
    create: 'Crear la clave',
    allKeys: 'Todas las claves de administración',
  },
  createdKey: {
    title: 'Tu nueva clave de administración',
    heading: ({ description }) => html`Clave de administración para <bdi>${description}</bdi>`,
    onlyNow:
      'La clave solo se muestra una vez. Cópiala ahora en tu script. No la pongas nunca en una página web ni en una aplicación que otros puedan obtener.',
    access: 'Acceso',
    allKeys: 'Todas las claves de administración',
  },
});
