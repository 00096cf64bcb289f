import { html } from 'hono/html';
import type { UserPageContext } from '../page-context.ts';
import type { Html } from './layout.ts';

const own =
  (name: string) =>
  ({ paths, session }: UserPageContext): string | null => {
    if (paths.user === null) return null;
    return `${paths.user.replace(':username', () => encodeURIComponent(session.user.username))}/${name}`;
  };

/** Path of the page where a user looks over their keys; null where the site does not serve it, as below. */
export const appsPath = own('apps');

/** Path of the page where a user looks over their feeds. */
export const feedsPath = own('feeds');

/** Path of the page where a user makes a key for themselves. */
export const newPersonalKeyPath = own('api-keys/new');

/** A link to one of these pages; its text alone where the page is not served. */
export const ownLink = (path: string | null, text: string): Html =>
  path === null ? html`${text}` : html`<a href="${path}">${text}</a>`;

/** The same as a paragraph of its own; nothing where the page is not served. */
export const ownParagraph = (path: string | null, text: string): Html | '' =>
  path === null ? '' : html`<p>${ownLink(path, text)}</p>`;
