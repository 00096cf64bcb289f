import type { RedirectPatternTexts } from '@valetkey/protocol';

const onPort = (port: string): string =>
  port === '*' ? ' en cualquier puerto' : port === '' ? '' : ` en el puerto ${port}`;

/** What redirect patterns allow. */
export const redirectPatterns: RedirectPatternTexts = {
  everything: {
    allows: 'Todo: cualquier URL de cualquier sitio y cualquier aplicación de cualquier dispositivo.',
    warning:
      'Un atacante que consiga que un usuario apruebe una solicitud recibe la clave. Indica en su lugar las redirecciones de tus aplicaciones.',
  },
  allows: ({ place, pages }) => `${place}: ${pages}.`,
  places: {
    subdomains: ({ scheme, host, port }) =>
      `Cualquier subdominio de ${host}, a cualquier nivel, por ${scheme}${onPort(port)}, pero no el propio ${host}`,
    loopback: ({ scheme, host, port }) =>
      `Una aplicación del equipo del usuario, en ${host} por ${scheme}${onPort(port) || ' solo en su puerto predeterminado'}`,
    site: ({ scheme, host, port }) => `El sitio ${scheme}://${host}${onPort(port)}`,
    app: ({ scheme, host, port }) =>
      `Una aplicación del dispositivo del usuario que abre enlaces ${scheme}:, en ${host}${onPort(port)}`,
  },
  pages: {
    none: 'solo esta URL, sin ruta ni cadena de consulta',
    exact: ({ path }) => `exactamente ${path}`,
    exactWithoutQuery: ({ path }) => `exactamente ${path}, sin cadena de consulta`,
    matching: ({ path }) =>
      `cualquier página que coincida con ${path}, donde cada * es cualquier texto, incluidas barras y cadenas de consulta`,
    any: 'cualquier página, con cualquier cadena de consulta',
    anyQuery: ({ path }) => `la página ${path}, con una cadena de consulta, que puede estar vacía`,
    anyQueryWithoutPath: 'la página sin ruta, con una cadena de consulta, que puede estar vacía',
    urlFrom: ({ start }) => `cualquier URL que empiece por ${start}`,
    under: ({ start }) => `cualquier página bajo ${start}, con cualquier cadena de consulta`,
    pathFrom: ({ start }) =>
      `cualquier página cuya ruta empiece por ${start} (también ${start}-mas y ${start}/mas), con cualquier cadena de consulta`,
  },
  withFragment: ({ pages, fragment }) => `${pages}, seguida de un fragmento que coincida con ${fragment}`,
  warnings: {
    subdomains: ({ host }) =>
      `Seguro solo si todos los subdominios de ${host} son tuyos: un atacante con una página en uno de ellos puede recibir claves.`,
    unencrypted: 'Sin cifrar: cualquiera en el trayecto de red puede leer la URL. Usa https.',
    onlyPort80:
      'Solo el puerto 80. Para una aplicación que escucha en cualquier puerto libre, usa http://127.0.0.1/*',
    anyPage:
      'Cualquier página: una que redirija o muestre su URL filtra la clave cifrada. Indica la página que usa la aplicación.',
  },
};
