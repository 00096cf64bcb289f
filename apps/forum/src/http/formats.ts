/** The formats of a response; a suffix of the path selects one. */
export type Format = 'html' | 'json' | 'ics' | 'rss';

/** Discourse's clients expect the charset, which Hono leaves out. */
export const JSON_HEADERS = { 'Content-Type': 'application/json; charset=utf-8' };

type Handlers = { readonly [F in Format]?: unknown };

const SUFFIX = /\.(json|ics|rss)$/;
const KEY_HEADERS = ['user-api-key', 'api-key', 'authorization'];

/** Returns the path without its suffix, which is what routes are matched by. */
export function pathWithoutFormat(request: Request): string {
  return new URL(request.url).pathname.replace(SUFFIX, '') || '/';
}

/** Returns the format of the path's suffix, else JSON if `Accept` names it, else HTML. */
export function formatOf(request: Request): Format {
  const suffix = SUFFIX.exec(new URL(request.url).pathname)?.[1];
  if (suffix) return suffix as Format;
  const accept = request.headers.get('accept') ?? '';
  return accept.toLowerCase().includes('application/json') ? 'json' : 'html';
}

/** As `formatOf`, but JSON instead of HTML where the route has no page, and for programs that leave out `.json`. */
export function formatFor(route: Handlers, request: Request): Format {
  const format = formatOf(request);
  if (format !== 'html' || !route.json) return format;
  return !route.html || isFromProgram(request) ? 'json' : 'html';
}

/** Whether a script of a page or an app with a key sent this request. An app that reads a page gets the page. */
export function isFromProgram({ method, headers }: Request): boolean {
  if (headers.get('x-requested-with')?.toLowerCase() === 'xmlhttprequest') return true;
  return method !== 'GET' && method !== 'HEAD' && KEY_HEADERS.some((name) => headers.has(name));
}
