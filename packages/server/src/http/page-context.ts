import type { ConsentChoice } from '../issue/consent-choice.ts';
import type { Provider } from '../issue/provider.ts';
import type { Session } from '../ports/site.ts';
import { chooseLocale } from '../ui/messages/choose-locale.ts';
import { loadTexts } from '../ui/messages/languages.ts';
import type { PageContext, UserPageContext } from '../ui/page-context.ts';
import { localPathOf } from './endpoint-request.ts';
import { readSelectedLanguage } from './language-cookie.ts';

/** Returns the values that the pages of one request use. */
export async function createPageContext(
  request: Request,
  session: Session,
  provider: Provider,
): Promise<UserPageContext>;
export async function createPageContext(
  request: Request,
  session: null,
  provider: Provider,
): Promise<PageContext>;
export async function createPageContext(
  request: Request,
  session: Session | null,
  { site, basePath, paths, csrf, now, resourceMetadataUrl, hasToolsPage }: Provider,
): Promise<PageContext> {
  const isAdminPage = paths.admin !== null && new URL(request.url).pathname.startsWith(`${paths.admin}/`);
  // The admin pages can run behind a proxy that forwards only their prefix.
  const assets = isAdminPage ? `${paths.admin}/user-api-key-assets` : `${basePath}/user-api-key/assets`;
  const locale = chooseLocale({
    selected: readSelectedLanguage(request),
    bySite: site.locale?.(request, session) ?? null,
    acceptLanguage: request.headers.get('accept-language'),
  });
  return {
    site,
    basePath,
    paths,
    hasOauth: resourceMetadataUrl !== null,
    hasToolsPage,
    assets,
    session: session && { user: session.user, csrfToken: csrf.tokenOf(session.id) },
    now: now(),
    locale,
    frame: site.pageFrame?.(request, session) ?? {},
    languagePath: `${assets}/language`,
    choice: request.method === 'GET' ? readChoice(new URL(request.url).searchParams) : NO_CHOICE,
    returnTo: request.method === 'GET' ? localPathOf(new URL(request.url)) : null,
    ...(await loadTexts(locale)),
  };
}

const NO_CHOICE: ConsentChoice = { scopes: null, expiresInSeconds: null };

/** Reads the choice that `keepChoice` of the language switch has written. */
const readChoice = (query: URLSearchParams): ConsentChoice => ({
  scopes: query.get('granted_scopes')?.split(',') ?? null,
  expiresInSeconds: query.get('granted_expires_in_seconds'),
});
