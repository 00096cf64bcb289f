import { html } from 'hono/html';
import { type AppBlock, BLOCK_KINDS } from '../../core/blocks/app-block.ts';
import type { SiteUser } from '../../ports/site.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { row } from '../parts/key-rows.ts';
import { csrfField } from '../parts/layout.ts';
import { adminLayout, userName } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** The block that a form describes, as it was entered. */
export type EnteredBlock = Readonly<Record<'kind' | 'value' | 'reason', string>>;

/** The blocks of the site, and the form for another one. */
export interface BlocksView {
  readonly blocks: readonly AppBlock[];
  /** The admins who blocked, by id. */
  readonly users: ReadonlyMap<string, SiteUser>;
  readonly entered: EnteredBlock;
  /** Why the form was rejected; null if it was not. */
  readonly problem: 'invalid' | 'missing' | null;
}

/** Returns the page that lists the blocked apps, removes blocks, and has the form for another one. */
export function blocksPage(view: BlocksView, page: UserPageContext): Html {
  const { blocks: words } = page.t;
  return adminLayout(
    'blocks',
    words.title,
    html`<h1>${words.title}</h1>
      <p>${words.meaning}</p>
      ${
        view.blocks.length === 0
          ? html`<p>${words.none}</p>`
          : html`<ul class="keys">${view.blocks.map((block) => blockItem(block, view.users, page))}</ul>`
      }
      ${blockForm(view, page)}`,
    page,
  );
}

function blockItem(block: AppBlock, users: BlocksView['users'], page: UserPageContext): Html {
  const { blocks: words } = page.t;
  const { kind, value, reason } = block;
  return html`<li>
    <h2><bdi>${value}</bdi></h2>
    <dl>
      ${row(words.form.kind, words.kinds[kind])}
      ${row(words.reason, html`<bdi>${reason}</bdi>`)}
      ${row(words.blockedSince, words.since({ at: page.format.dateTime(block.createdAt), by: userName(block.createdBy, users, page) }))}
    </dl>
    <form method="post" action="${adminPath('blocks', page)}/delete">
      ${csrfField(page)}
      <input type="hidden" name="kind" value="${kind}" />
      <input type="hidden" name="value" value="${value}" />
      <button type="submit" aria-label="${words.removeOf({ value })}">${words.remove}</button>
    </form>
  </li>`;
}

function blockForm({ entered, problem }: BlocksView, page: UserPageContext): Html {
  const words = page.t.blocks.form;
  return html`<h2 id="block">${words.heading}</h2>
    <form method="post" action="${adminPath('blocks', page)}/check">
      ${csrfField(page)}
      <fieldset aria-describedby="about-hosts">
        <legend>${words.kind}</legend>
        ${BLOCK_KINDS.map(
          (
            kind,
          ) => html`<label class="box"><input type="radio" name="kind" value="${kind}" required ${kind === entered.kind ? 'checked' : ''} />
            <span>${page.t.blocks.kinds[kind]}</span></label>`,
        )}
        <p class="fine" id="about-hosts">${words.hostHint}</p>
      </fieldset>
      <label for="value">${words.value}</label>
      <input id="value" name="value" type="text" required autocomplete="off" autocapitalize="none" spellcheck="false" value="${entered.value}"
        ${problem === null ? '' : html`aria-invalid="true" aria-describedby="problem"`} />
      ${problem === null ? '' : html`<p class="mistake" id="problem" role="alert">${words[problem]}</p>`}
      <label for="reason">${words.reason}</label>
      <input id="reason" name="reason" type="text" required maxlength="200" autocomplete="off" value="${entered.reason}" />
      <div class="buttons"><button type="submit" class="primary">${words.next}</button></div>
    </form>`;
}
