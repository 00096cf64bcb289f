import { createPagePaths } from '../../ports/page-paths.ts';
import { loadTexts } from '../messages/languages.ts';
import type { UserPageContext } from '../page-context.ts';

/** Returns the context of a page of alice, for tests of parts of pages. */
export async function testPage({ locale = 'en', now = 0 } = {}): Promise<UserPageContext> {
  return {
    site: { name: 'Plum Forum', baseUrl: 'https://forum.example' },
    basePath: '',
    paths: createPagePaths(''),
    hasOauth: true,
    hasToolsPage: true,
    assets: '/assets',
    session: {
      user: {
        id: '1',
        username: 'alice',
        avatarTemplate: null,
        isAdmin: false,
        isStaff: false,
        isSuspended: false,
        groups: [],
      },
      csrfToken: 'token',
    },
    now,
    locale,
    frame: {},
    languagePath: '/assets/language',
    returnTo: null,
    choice: { scopes: null, expiresInSeconds: null },
    ...(await loadTexts(locale)),
  };
}
