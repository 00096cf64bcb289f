import { html } from 'hono/html';
import type { AppBlock } from '../../core/blocks/app-block.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField } from '../parts/layout.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** A block before it is stored, and what it would stop. */
export interface ConfirmBlockView {
  readonly block: Pick<AppBlock, 'kind' | 'value' | 'reason'>;
  /** The number of active keys and OAuth grants. */
  readonly activeKeys: number;
  /** The affected apps by name, most keys first. */
  readonly apps: readonly { readonly name: string; readonly activeKeys: number }[];
}

const MAX_APPS = 10;

/** Returns the page that names what a block would stop, with the button that blocks. */
export function confirmBlockPage({ block, activeKeys, apps }: ConfirmBlockView, page: UserPageContext): Html {
  const { blocks: words } = page.t;
  const { confirm } = words;
  const path = adminPath('blocks', page);
  const more = apps.length - MAX_APPS;
  return adminLayout(
    'blocks',
    words.title,
    html`<h1>${confirm.title({ value: html`<bdi>${block.value}</bdi>` })}</h1>
      <p>${words.kinds[block.kind]}. <strong>${confirm.keys({ count: activeKeys })}</strong></p>
      ${
        apps.length === 0
          ? ''
          : html`<h2>${confirm.apps}</h2>
              <ul>${apps.slice(0, MAX_APPS).map(({ name, activeKeys: count }) => html`<li><bdi>${name}</bdi>: ${confirm.perApp({ count })}</li>`)}
              ${more > 0 ? html`<li>${confirm.more({ count: more })}</li>` : ''}</ul>`
      }
      <p>${confirm.shown({ reason: block.reason })}</p>
      <form method="post" action="${path}">
        ${csrfField(page)}
        ${Object.entries(block).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
        <div class="buttons">
          <button type="submit" class="primary">${confirm.block}</button>
          <a class="quiet" href="${path}?${new URLSearchParams({ ...block })}#block">${confirm.back}</a>
        </div>
      </form>`,
    page,
  );
}
