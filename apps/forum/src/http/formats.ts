/** What an answer may be written in; the ending of the path says so. */
export type Format = 'html' | 'json' | 'ics' | 'rss';

type Handlers = { readonly [F in Format]?: unknown };

const ENDING = /\.(json|ics|rss)$/;

/** The path without its ending: what routes are matched by. */
export function pathWithoutFormat(request: Request): string {
  return new URL(request.url).pathname.replace(ENDING, '') || '/';
}

/** The ending of the path, else JSON where the client asks for it, else a page. */
export function formatOf(request: Request): Format {
  const ending = ENDING.exec(new URL(request.url).pathname)?.[1];
  if (ending) return ending as Format;
  const accept = request.headers.get('accept') ?? '';
  return accept.toLowerCase().includes('application/json') ? 'json' : 'html';
}

/** As `formatOf`, but a route without a page speaks JSON where no ending asks for anything else: apps leave it out. */
export function formatFor(route: Handlers, request: Request): Format {
  const format = formatOf(request);
  return format === 'html' && !route.html && route.json ? 'json' : format;
}
