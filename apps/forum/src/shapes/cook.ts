import { html, raw } from 'hono/html';
import type { Html } from '../pages/layout.ts';

const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/;

/** A post's text as HTML: paragraphs and web addresses, everything else escaped. */
export function cook(text: string): string {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== '');
  return paragraphs
    .map((paragraph) => String(html`<p>${paragraph.split(LINK).map(linkOrText)}</p>`))
    .join('\n');
}

function linkOrText(piece: string, index: number): Html | string {
  // A split by a group puts every match at an odd place.
  return index % 2 === 1 ? html`<a href="${piece}" rel="nofollow ugc noopener">${piece}</a>` : piece;
}

/** A text as Discourse's clients put it into their pages without asking: `fancy_title`. */
export const escapeHtml = (text: string): string => String(html`${text}`);

/** What `cook` made, for a page: the one place where a text goes out unescaped, because it was escaped there. */
export const cooked = (text: string): Html => raw(cook(text));
