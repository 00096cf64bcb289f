import { html } from 'hono/html';
import type { User } from '../data/users.ts';

/** The result of the `html` tag, which escapes every value except other such results. */
export type Html = ReturnType<typeof html>;

export interface PageParts {
  readonly title: string;
  readonly content: Html;
  /** Null if nobody is signed in; undefined if the page does not know. */
  readonly user: User | null | undefined;
  /** For the sign-out button; null without a session, as for a key. */
  readonly csrfToken: string | null;
  readonly unreadCount: number;
}

/** Renders the frame of every page. The pages contain no script. */
export function layout({ title, content, user, csrfToken, unreadCount }: PageParts): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Plum Forum</title>
        <link rel="stylesheet" href="/assets/forum.css" />
        <link rel="alternate" type="application/rss+xml" title="Latest topics" href="/latest.rss" />
      </head>
      <body>
        <header>
          <nav aria-label="Forum">
            <a class="home" href="/">Plum Forum</a>
            <a href="/categories">Categories</a>
            <a href="/search">Search</a>
            <span class="spacer"></span>
            ${user ? signedIn(user, csrfToken, unreadCount) : ''}
            ${user === null ? html`<a href="/login">Sign in</a>` : ''}
          </nav>
        </header>
        <main>${content}</main>
      </body>
    </html>`;
}

function signedIn(user: User, csrfToken: string | null, unreadCount: number): Html {
  const path = `/u/${encodeURIComponent(user.username)}`;
  return html`${user.isAdmin ? html`<a href="/admin/user-api-keys">Keys and apps</a>` : ''}
    <a href="${path}/notifications">Notifications${unreadCount === 0 ? '' : html` <strong>(${unreadCount} unread)</strong>`}</a>
    <a href="${path}">${user.username}</a>
    ${csrfToken === null ? '' : signOutForm(csrfToken)}`;
}

function signOutForm(csrfToken: string): Html {
  return html`<form method="post" action="/logout" class="inline">
    <input type="hidden" name="authenticity_token" value="${csrfToken}" />
    <button type="submit" class="link">Sign out</button>
  </form>`;
}
