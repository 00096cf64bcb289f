import type { ConsentChoice } from '../issue/consent-choice.ts';
import type { PagePaths } from '../ports/page-paths.ts';
import type { PageFrame, Site, SiteUser } from '../ports/site.ts';
import type { Format } from './messages/format.ts';
import type { Messages } from './messages/messages.ts';

/** The values of a site and a request that every page uses. The HTTP layer builds it once for each request. */
export interface PageContext {
  readonly site: Pick<Site, 'name' | 'baseUrl' | 'switchAccountUrl'>;
  /** Path of the base URL without a trailing slash: '' or '/forum'. The endpoints of the protocol are below it. */
  readonly basePath: string;
  readonly paths: PagePaths;
  /** Whether the site serves OAuth, with a page for its clients. */
  readonly hasOauth: boolean;
  /** Whether the site has tools for agents, with a page on which admins turn them off. */
  readonly hasToolsPage: boolean;
  /** Path of the folder with stylesheet and scripts. */
  readonly assets: string;
  /** Null if nobody is signed in, or if the page is the same for every user. */
  readonly session: PageSession | null;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** BCP 47 tag: the language of the messages, with the reader's region if there is one. */
  readonly locale: string;
  /** The subtag of the language in `LANGUAGES`. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  /** The site's own frame. */
  readonly frame: PageFrame;
  /** The path that the language switch is sent to. */
  readonly languagePath: string;
  /** Path and query of this page, to show it again after a detour; null on the response to a form. */
  readonly returnTo: string | null;
  /** What the reader had selected when the language changed. Its URL may come from an app, and can only take away. */
  readonly choice: ConsentChoice;
  /** The id of the form whose choices the language switch keeps. @default none */
  readonly choicesForm?: string;
  /** The texts of the pages in this language. */
  readonly t: Messages;
  /** Numbers, lists and times in this locale. */
  readonly format: Format;
}

/** The context of a page that only a signed-in user sees. */
export interface UserPageContext extends PageContext {
  readonly session: PageSession;
}

/** The reader, and the token that the reader's forms send. */
export interface PageSession {
  readonly user: SiteUser;
  readonly csrfToken: string;
}
