import type { Messages } from '../messages.ts';

/** What the built-in scopes of users allow. */
export const scopes: Messages['scopes'] = {
  read: {
    sentence: 'Leer todo lo que puedes leer',
    details: 'Incluye lo que solo tú puedes ver. La aplicación no puede publicar, cambiar ni eliminar nada.',
  },
  write: {
    sentence: 'Leer, escribir, cambiar y eliminar todo lo que tú puedes, en tu nombre',
    details: 'Incluye lo que solo tú puedes ver o cambiar. La aplicación no puede crear más claves.',
  },
  message_bus: {
    sentence: 'Recibir actualizaciones en directo',
    details: 'La aplicación sabe al instante qué hay nuevo para ti. No puede cambiar nada.',
  },
  push: {
    sentence: 'Hacer que tus notificaciones se envíen a un servicio externo',
    details: 'Cada notificación contiene un extracto de su mensaje. La aplicación no puede leer nada más.',
  },
  one_time_password: {
    sentence: 'Iniciar sesión en tu nombre, una vez, en un navegador',
    details:
      'El navegador tiene entonces acceso completo a tu cuenta. El enlace funciona una vez, en los próximos 10 minutos.',
  },
  notifications: {
    sentence: 'Leer tus notificaciones y marcarlas como leídas',
    details:
      'La aplicación sabe quién te menciona o te responde, y dónde. No puede leer mensajes completos ni escribirlos.',
  },
  session_info: {
    sentence: 'Ver quién eres y qué hay nuevo para ti',
    details: 'La aplicación ve tu perfil y qué temas tienen mensajes nuevos. No puede leerlos ni cambiarlos.',
  },
  bookmarks_calendar: {
    sentence: 'Leer los recordatorios de tus marcadores como un calendario',
    details: 'El calendario contiene títulos y horas. La aplicación no puede leer nada más.',
  },
  user_status: {
    sentence: 'Ver, definir y borrar tu estado',
    details: 'El estado es el texto breve junto a tu nombre. La aplicación no puede cambiar nada más.',
  },
};

/** What the built-in scopes of admin keys allow. */
export const adminScopes: Messages['adminScopes'] = {
  'topics:read': 'Leer temas y sus listas',
  'topics:write': 'Abrir temas y responder en ellos',
  'posts:read': 'Leer mensajes sueltos',
  'posts:edit': 'Cambiar mensajes',
  'posts:delete': 'Eliminar mensajes',
  'users:show': 'Ver los perfiles de los usuarios',
  'search:query': 'Buscar',
  'categories:list': 'Listar las categorías',
  'categories:show': 'Ver una categoría y sus temas',
};
