import { html } from 'hono/html';
import type { IconBearer } from '../../core/icons/can-show-icon.ts';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';

/** Returns the hash of the icon that stands beside a key or a grant; null for none. */
export type FindIcon = (bearer: IconBearer) => string | null;

/** Returns the path of an icon on this site. */
export const iconPath = (hash: string, { assets }: Pick<PageContext, 'assets'>): string =>
  `${assets}/icons/${hash}`;

/**
 * Returns the icon of an app, to stand beside its name; nothing for null. An app without an icon gets no picture in its
 * place, because every such picture would depend on a name that the app has chosen.
 */
export const appIcon = (hash: string | null, page: Pick<PageContext, 'assets'>): Html | '' =>
  hash === null ? '' : html`<img class="icon" src="${iconPath(hash, page)}" alt="" width="40" height="40" />`;
