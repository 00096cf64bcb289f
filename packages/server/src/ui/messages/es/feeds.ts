import type { Messages } from '../messages.ts';

/** The page that lists a user's feeds, and the page with a new feed URL. */
export const feeds: Messages['feeds'] = {
  title: 'Feeds',
  meaning:
    'Un feed tiene su propia URL, que una aplicación de calendario o un lector de feeds consulta sin iniciar sesión. La URL solo da acceso a ese feed.',
  notOffered: 'Este sitio no crea nuevas URL de feeds por ahora. Las que ya tienes siguen funcionando.',
  none: 'Este sitio no tiene feeds.',
  noUrl: 'No tienes ninguna URL para este feed.',
  noUrlNotOffered: 'No tienes ninguna URL para este feed, y este sitio no puede crear una.',
  created: 'URL creada',
  lastFetched: 'Última consulta',
  resetMeaning: 'Restablecer crea una URL nueva; la actual deja de funcionar.',
  subscribe: 'Suscribirse',
  subscribeTo: ({ feed }) => `Suscribirse: ${feed}`,
  reset: 'Restablecer',
  resetFeed: ({ feed }) => `Restablecer: ${feed}`,
  remove: 'Quitar',
  removeFeed: ({ feed }) => `Quitar: ${feed}`,
  newUrl: {
    title: 'La URL de tu feed',
    onlyNow:
      'La URL solo se muestra una vez. Cualquiera que la tenga puede leer este feed en tu nombre: dásela solo a tu aplicación de calendario o lector de feeds. Si se filtra, restablécela.',
    copy: ({ feed }) => `Copiar: ${feed}`,
    open: 'Abrir en tu aplicación de calendario',
    google: 'Añadir a Google Calendar',
    outlook: 'Añadir a Outlook.com',
    calendarsRead: 'Google o Microsoft guarda entonces la URL y lee el feed cada pocas horas.',
  },
};
