import { html, raw } from 'hono/html';
import type { Html } from '../pages/layout.ts';

const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/;

/** Renders a post as HTML: paragraphs and links; everything else is escaped. */
export function cook(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return paragraphs
    .map((paragraph) => String(html`<p>${paragraph.split(LINK).map(linkOrText)}</p>`))
    .join('\n');
}

function linkOrText(piece: string, index: number): Html | string {
  // A split by a capturing group puts every match at an odd index.
  return index % 2 === 1 ? html`<a href="${piece}" rel="nofollow ugc noopener">${piece}</a>` : piece;
}

/** Escapes a text for members such as `fancy_title`, which Discourse's clients insert as HTML. */
export const escapeHtml = (text: string): string => String(html`${text}`);

/** Marks the result of `cook` as safe for a page. This is the only use of `raw`, because `cook` escapes. */
export const cooked = (text: string): Html => raw(cook(text));
