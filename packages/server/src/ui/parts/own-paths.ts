import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';

const own =
  (name: string) =>
  ({ paths, session }: UserPageContext): string | null => {
    if (paths.user === null) return null;
    return `${paths.user.replace(':username', () => encodeURIComponent(session.user.username))}/${name}`;
  };

/** Returns the path of the page that lists the user's keys; null if the site does not serve it, as below. */
export const appsPath = own('apps');

/** Returns the path of the page that lists the user's feeds. */
export const feedsPath = own('feeds');

/** Returns the path of the form for a personal key. */
export const newPersonalKeyPath = own('api-keys/new');

/** Returns a link to one of these pages; only its text if the page is not served. */
export const ownLink = (path: string | null, text: string): Html =>
  path === null ? html`${text}` : html`<a href="${path}">${text}</a>`;

/** Returns the link as a paragraph; nothing if the page is not served. */
export const ownParagraph = (path: string | null, text: string): Html | '' =>
  path === null ? '' : html`<p>${ownLink(path, text)}</p>`;

/** Returns the sentence that access can be revoked, with a link to the page for it. */
export const manageInApps = (page: UserPageContext): Html =>
  page.t.common.manageInApps({ link: (text) => ownLink(appsPath(page), text) });
