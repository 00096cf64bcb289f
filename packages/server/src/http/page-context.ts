import type { Provider } from '../issue/provider.ts';
import type { Session } from '../ports/site.ts';
import type { PageContext, UserPageContext } from '../ui/page-context.ts';

/** Builds what the pages of one request need to know. */
export function createPageContext(request: Request, session: Session, provider: Provider): UserPageContext;
export function createPageContext(request: Request, session: null, provider: Provider): PageContext;
export function createPageContext(
  request: Request,
  session: Session | null,
  { site, basePath, paths, csrf, now }: Provider,
): PageContext {
  const isAdminPage = paths.admin !== null && new URL(request.url).pathname.startsWith(`${paths.admin}/`);
  return {
    site,
    basePath,
    paths,
    // The admin pages can stand alone behind a proxy that forwards nothing but their prefix.
    assets: isAdminPage ? `${paths.admin}/user-api-key-assets` : `${basePath}/user-api-key/assets`,
    session: session && { user: session.user, csrfToken: csrf.tokenOf(session.id) },
    now: now(),
    locale: chooseLocale(site.locale?.(request, session) ?? null),
  };
}

const DEFAULT_LOCALE = 'en';

/** The pages are in English: only its variants can be told apart. */
function chooseLocale(tag: string | null): string {
  try {
    const locale = new Intl.Locale(tag ?? DEFAULT_LOCALE);
    return locale.language === 'en' ? locale.baseName : DEFAULT_LOCALE;
  } catch {
    return DEFAULT_LOCALE;
  }
}
