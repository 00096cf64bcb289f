/** What an admin should know before allowing a pattern. Plain text: escape it before you display it. */
export interface RedirectPatternDescription {
  /** What the pattern allows, such as “Any page of https://app.example under /callback/, with any query.” */
  readonly allows: string;
  /** The risk of the pattern; null if it allows no more than it seems to. */
  readonly warning: string | null;
}

/** Where a pattern allows redirects to. */
export interface RedirectPlace {
  readonly scheme: string;
  readonly host: string;
  /** `*` for any port; empty for the default port of the scheme. */
  readonly port: string;
}

type Text<Parameters> = (parameters: Parameters) => string;

/** The texts of `describeRedirectPattern` in one language. Texts of different meaning must differ. */
export interface RedirectPatternTexts {
  /** For the pattern `*`. */
  readonly everything: RedirectPatternDescription;
  /** The whole sentence, from a text of `places` and one of `pages`. */
  readonly allows: Text<{ readonly place: string; readonly pages: string }>;
  readonly places: {
    readonly subdomains: Text<RedirectPlace>;
    /** A program on the user’s computer. */
    readonly loopback: Text<RedirectPlace>;
    readonly site: Text<RedirectPlace>;
    /** An app that handles links with this scheme. */
    readonly app: Text<RedirectPlace>;
  };
  readonly pages: {
    /** Neither path nor query. */
    readonly none: string;
    /** The path contains a query. */
    readonly exact: Text<{ readonly path: string }>;
    readonly exactWithoutQuery: Text<{ readonly path: string }>;
    /** The path contains `*` in other places than its end. */
    readonly matching: Text<{ readonly path: string }>;
    readonly any: string;
    readonly anyQuery: Text<{ readonly path: string }>;
    readonly anyQueryWithoutPath: string;
    /** The start contains a query. */
    readonly urlFrom: Text<{ readonly start: string }>;
    /** The start ends with a slash. */
    readonly under: Text<{ readonly start: string }>;
    readonly pathFrom: Text<{ readonly start: string }>;
  };
  readonly withFragment: Text<{ readonly pages: string; readonly fragment: string }>;
  readonly warnings: {
    readonly subdomains: Text<{ readonly host: string }>;
    readonly unencrypted: string;
    readonly onlyPort80: string;
    readonly anyPage: string;
  };
}

const onPort = (port: string): string =>
  port === '*' ? ' on any port' : port === '' ? '' : ` on port ${port}`;

/** The English texts of `describeRedirectPattern`. */
export const englishRedirectPatternTexts: RedirectPatternTexts = {
  everything: {
    allows: 'EVERYTHING: any URL of any site, and any app on any device.',
    warning:
      'An attacker who makes a user approve a request receives the key. List the redirects of your apps instead.',
  },
  allows: ({ place, pages }) => `${place}: ${pages}.`,
  places: {
    subdomains: ({ scheme, host, port }) =>
      `Every subdomain of ${host}, at any depth, over ${scheme}${onPort(port)}, but not ${host} itself`,
    loopback: ({ scheme, host, port }) =>
      `An app on the user’s computer, at ${host} over ${scheme}${onPort(port) || ' on its default port only'}`,
    site: ({ scheme, host, port }) => `The site ${scheme}://${host}${onPort(port)}`,
    app: ({ scheme, host, port }) =>
      `An app on the user’s device that handles ${scheme}: links, at ${host}${onPort(port)}`,
  },
  pages: {
    none: 'only this URL, without path and query',
    exact: ({ path }) => `exactly ${path}`,
    exactWithoutQuery: ({ path }) => `exactly ${path}, without a query`,
    matching: ({ path }) =>
      `any page that matches ${path}, where each * is any text, including slashes and queries`,
    any: 'any page, with any query',
    anyQuery: ({ path }) => `the page ${path}, with a query, which may be empty`,
    anyQueryWithoutPath: 'the page without a path, with a query, which may be empty',
    urlFrom: ({ start }) => `any URL that starts with ${start}`,
    under: ({ start }) => `any page under ${start}, with any query`,
    pathFrom: ({ start }) =>
      `any page whose path starts with ${start} (also ${start}-more and ${start}/more), with any query`,
  },
  withFragment: ({ pages, fragment }) => `${pages}, followed by a fragment that matches ${fragment}`,
  warnings: {
    subdomains: ({ host }) =>
      `Safe only if every subdomain of ${host} is yours: an attacker with a page on one of them can receive keys.`,
    unencrypted: 'Not encrypted: anyone on the network path can read the URL. Use https.',
    onlyPort80: 'Only port 80. For an app that listens on any free port, use http://127.0.0.1/*',
    anyPage:
      'Any page: one that redirects, or shows its URL, leaks the encrypted key. Name the page that the app uses.',
  },
};
