import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField } from '../parts/layout.ts';

/** The active keys that were not used for some time. */
export interface UnusedKeys {
  readonly days: number;
  readonly count: number;
}

/** Returns the collapsed forms that revoke several keys at once; nothing for fewer than two. */
export function bulkForms(total: number, unused: UnusedKeys, page: UserPageContext): Html | '' {
  if (total < 2) return '';
  const { bulk } = page.t.apps;
  return html`<details class="bulk">
    <summary>${bulk.title}</summary>
    <p>${bulk.meaning}</p>
    ${unused.count === 0 ? '' : form({ unused_days: unused.days }, `${bulk.unused(unused)}: ${bulk.count(unused)}`, bulk.revokeUnused, page)}
    ${form({ all: 1 }, `${bulk.all}: ${bulk.count({ count: total })}`, bulk.revokeAll, page)}
  </details>`;
}

function form(
  values: Readonly<Record<string, number>>,
  text: string,
  button: string,
  page: UserPageContext,
): Html {
  return html`<form method="post" action="${page.basePath}/user-api-key/revoke-many" class="bulk-choice">
    ${csrfField(page)}
    ${Object.entries(values).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <p>${text}</p>
    <button type="submit">${button}</button>
  </form>`;
}
