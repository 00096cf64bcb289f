import type { PagePaths } from '../ports/page-paths.ts';
import type { Site, SiteUser } from '../ports/site.ts';

/** What every page needs to know of the site and of the request. Built once for a request, by the HTTP layer. */
export interface PageContext {
  readonly site: Pick<Site, 'name' | 'baseUrl'>;
  /** Path of the base URL without a slash at its end: '' or '/forum'. The endpoints of the protocol are below it. */
  readonly basePath: string;
  readonly paths: PagePaths;
  /** Path of the folder with stylesheet and scripts. */
  readonly assets: string;
  /** Null where nobody is signed in, or it does not matter who. */
  readonly session: PageSession | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** BCP 47 tag of the page's language. */
  readonly locale: string;
}

/** The same for a page that only a signed-in user sees. */
export interface UserPageContext extends PageContext {
  readonly session: PageSession;
}

/** Whoever sees the page, and the token that their forms send. */
export interface PageSession {
  readonly user: SiteUser;
  readonly csrfToken: string;
}
