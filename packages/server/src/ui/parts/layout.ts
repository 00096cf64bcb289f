import { html } from 'hono/html';
import type { PageContext, UserPageContext } from '../page-context.ts';

/** What the `html` tag makes: every value put into it is escaped, unless it is such a piece itself. */
export type Html = ReturnType<typeof html>;

/** The frame of every page. Works without script; `copy.js` only adds a button. */
export function layout(title: string, content: Html, { site, basePath, assets, locale }: PageContext): Html {
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ${site.name}</title>
        <link rel="stylesheet" href="${assets}/valetkey.css" />
      </head>
      <body>
        <header><a href="${basePath}/">${site.name}</a></header>
        <main>${content}</main>
      </body>
    </html>`;
}

/** The field of a form that proves that it comes from a page of this session. */
export const csrfField = ({ session }: UserPageContext): Html =>
  html`<input type="hidden" name="authenticity_token" value="${session.csrfToken}" />`;
