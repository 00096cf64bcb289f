import { html, raw } from 'hono/html';
import type { Html } from '../html.ts';
import type { PageContext, UserPageContext } from '../page-context.ts';
import { languageForm } from './language-form.ts';

/** Returns a whole page. It works without script: scripts only add copy buttons and the reader's time zone. */
export function layout(title: string, content: Html, page: PageContext): Html {
  const { site, basePath, assets, locale, direction, frame } = page;
  return html`<!doctype html>
    <html lang="${locale}" dir="${direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ${site.name}</title>
        <link rel="stylesheet" href="${assets}/valetkey.css" />
        ${frame.stylesheet === undefined ? '' : html`<link rel="stylesheet" href="${frame.stylesheet}" />`}
        <script src="${assets}/times.js" defer></script>
      </head>
      <body>
        ${frame.header === undefined ? html`<header><a href="${basePath}/">${site.name}</a></header>` : raw(frame.header)}
        <main>${content}</main>
        ${languageForm(page)}
        ${raw(frame.footer ?? '')}
      </body>
    </html>`;
}

/** Returns the form field that proves that a form comes from a page of this session. */
export const csrfField = ({ session }: UserPageContext): Html =>
  html`<input type="hidden" name="authenticity_token" value="${session.csrfToken}" />`;
