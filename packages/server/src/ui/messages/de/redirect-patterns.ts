import type { RedirectPatternTexts } from '@valetkey/protocol';

const onPort = (port: string): string =>
  port === '*' ? ' auf jedem Port' : port === '' ? '' : ` auf Port ${port}`;

/** What redirect patterns allow. */
export const redirectPatterns: RedirectPatternTexts = {
  everything: {
    allows: 'ALLES: jede URL jeder Website und jede App auf jedem Gerät.',
    warning:
      'Ein Angreifer, der einen Nutzer zur Genehmigung bringt, erhält den Schlüssel. Tragen Sie stattdessen die Weiterleitungen Ihrer Apps ein.',
  },
  allows: ({ place, pages }) => `${place}: ${pages}.`,
  places: {
    subdomains: ({ scheme, host, port }) =>
      `Jede Subdomain von ${host} in beliebiger Tiefe über ${scheme}${onPort(port)}, aber nicht ${host} selbst`,
    loopback: ({ scheme, host, port }) =>
      `Eine App auf dem Computer des Nutzers, unter ${host} über ${scheme}${onPort(port) || ' nur auf dem Standardport'}`,
    site: ({ scheme, host, port }) => `Die Website ${scheme}://${host}${onPort(port)}`,
    app: ({ scheme, host, port }) =>
      `Eine App auf dem Gerät des Nutzers, die ${scheme}:-Links öffnet, unter ${host}${onPort(port)}`,
  },
  pages: {
    none: 'nur diese URL, ohne Pfad und Query',
    exact: ({ path }) => `genau ${path}`,
    exactWithoutQuery: ({ path }) => `genau ${path}, ohne Query`,
    matching: ({ path }) =>
      `jede Seite nach dem Muster ${path}, wobei jedes * für beliebigen Text steht, auch für Schrägstriche und Querys`,
    any: 'jede Seite, mit beliebiger Query',
    anyQuery: ({ path }) => `die Seite ${path}, mit einer Query, die leer sein darf`,
    anyQueryWithoutPath: 'die Seite ohne Pfad, mit einer Query, die leer sein darf',
    urlFrom: ({ start }) => `jede URL, die mit ${start} beginnt`,
    under: ({ start }) => `jede Seite unter ${start}, mit beliebiger Query`,
    pathFrom: ({ start }) =>
      `jede Seite, deren Pfad mit ${start} beginnt (auch ${start}-mehr und ${start}/mehr), mit beliebiger Query`,
  },
  withFragment: ({ pages, fragment }) => `${pages}, gefolgt von einem Fragment nach dem Muster ${fragment}`,
  warnings: {
    subdomains: ({ host }) =>
      `Nur sicher, wenn jede Subdomain von ${host} Ihnen gehört: Ein Angreifer mit einer Seite auf einer davon kann Schlüssel erhalten.`,
    unencrypted: 'Nicht verschlüsselt: Jeder auf dem Netzwerkweg kann die URL lesen. Verwenden Sie https.',
    onlyPort80:
      'Nur Port 80. Für eine App, die auf einem beliebigen freien Port lauscht, verwenden Sie http://127.0.0.1/*',
    anyPage:
      'Jede Seite: Eine, die weiterleitet oder ihre URL anzeigt, gibt den verschlüsselten Schlüssel preis. Nennen Sie die Seite, die die App verwendet.',
  },
};
