import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { appIcon } from './app-icon.ts';
import { csrfField, layout } from './layout.ts';
import { signedInLine } from './signed-in-line.ts';

/** The parts of a page on which a user decides about a request. */
export interface DecisionParts {
  readonly title: string;
  readonly heading: Html;
  /** The hash of the icon of the app; null for none. */
  readonly icon: string | null;
  /** Why the form must be sent again. It stands before everything else that is read. */
  readonly problem?: Html | '';
  /** What the user must check before approving. */
  readonly warning: Html | '';
  /** What an approval allows, inside the form. */
  readonly request: Html;
  /** Where the answer goes, as a sentence. */
  readonly destination: Html | '';
  /** The rows of a description list. */
  readonly rows: Html | '';
  /** The path that an approval is sent to. */
  readonly action: string;
  /** The path that a refusal is sent to; null if the user declines by leaving the page. */
  readonly declineAction: string | null;
  /** Hidden fields, and fields that stand before the buttons. */
  readonly fields: readonly Html[] | Html;
  readonly footnote: Html | string;
}

const FORM = 'decision';

/**
 * Returns the page on which a user approves or declines a request: for a key, a device, a one-time password or an OAuth
 * client. All requests have the same order: who, what to check, what is allowed, where the answer goes.
 */
export function decisionLayout(parts: DecisionParts, page: UserPageContext): Html {
  const { common } = page.t;
  return layout(
    parts.title,
    html`<div class="title">${appIcon(parts.icon, page)}<h1>${parts.heading}</h1></div>
      ${signedInLine(page)}
      ${parts.problem ?? ''}
      ${parts.warning}
      <form method="post" action="${parts.action}" class="decision" id="${FORM}">
        ${csrfField(page)}
        ${parts.request}
        ${parts.destination === '' ? '' : html`<p class="destination">${parts.destination}</p>`}
        ${parts.rows === '' ? '' : html`<dl>${parts.rows}</dl>`}
        ${parts.fields}
        <div class="buttons">
          <button type="submit" class="primary">${common.approve}</button>
          ${
            parts.declineAction === null
              ? ''
              : html`<button type="submit" formaction="${parts.declineAction}" formnovalidate>${common.decline}</button>`
          }
        </div>
      </form>
      <p class="fine">${parts.footnote}</p>`,
    { ...page, choicesForm: FORM },
  );
}

/** Returns hidden fields for the values that are not null. */
export const hiddenFields = (values: Readonly<Record<string, string | null>>): Html[] =>
  Object.entries(values)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);
