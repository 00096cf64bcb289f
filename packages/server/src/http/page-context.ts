import type { Provider } from '../issue/provider.ts';
import type { Session } from '../ports/site.ts';
import { chooseLocale } from '../ui/messages/choose-locale.ts';
import { createFormat } from '../ui/messages/format.ts';
import { createMessages } from '../ui/messages/languages.ts';
import type { PageContext, UserPageContext } from '../ui/page-context.ts';

/** Returns the values that the pages of one request use. */
export function createPageContext(request: Request, session: Session, provider: Provider): UserPageContext;
export function createPageContext(request: Request, session: null, provider: Provider): PageContext;
export function createPageContext(
  request: Request,
  session: Session | null,
  { site, basePath, paths, csrf, now }: Provider,
): PageContext {
  const isAdminPage = paths.admin !== null && new URL(request.url).pathname.startsWith(`${paths.admin}/`);
  const requested = site.locale?.(request, session) ?? null;
  const locale = chooseLocale(requested, request.headers.get('accept-language'));
  const format = createFormat(locale);
  return {
    site,
    basePath,
    paths,
    // The admin pages can run behind a proxy that forwards only their prefix.
    assets: isAdminPage ? `${paths.admin}/user-api-key-assets` : `${basePath}/user-api-key/assets`,
    session: session && { user: session.user, csrfToken: csrf.tokenOf(session.id) },
    now: now(),
    locale,
    t: createMessages(locale, format),
    format,
  };
}
