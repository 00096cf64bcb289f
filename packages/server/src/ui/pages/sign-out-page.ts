import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { PageContext, UserPageContext } from '../page-context.ts';
import { hiddenFields } from '../parts/decision-layout.ts';
import { csrfField, layout } from '../parts/layout.ts';
import { signedInLine } from '../parts/signed-in-line.ts';

/** The form that signs the user out. */
export interface SignOutView {
  readonly action: string;
  readonly fields: Readonly<Record<string, string | null>>;
  /** Whether an app asks for it; otherwise the user opened the page. */
  readonly isAskedByApp: boolean;
}

/** Returns the page on which a user confirms to be signed out (PROTOCOL.md#sign-out). */
export function signOutPage({ action, fields, isAskedByApp }: SignOutView, page: UserPageContext): Html {
  const { signOut } = page.t.oauth;
  const site = page.site.name;
  const question = isAskedByApp ? signOut.question({ site }) : signOut.ownQuestion({ site });
  return layout(
    signOut.title({ site }),
    html`<h1>${signOut.title({ site })}</h1>
      ${signedInLine(page)}
      <p>${question} ${signOut.meaning}</p>
      <form method="post" action="${action}">
        ${csrfField(page)}
        ${hiddenFields(fields)}
        <div class="buttons"><button type="submit" class="primary">${signOut.button}</button></div>
      </form>`,
    page,
  );
}

/** Returns the page for a user who is signed out, without a client to return to. */
export function signedOutPage(page: PageContext): Html {
  const { done, doneMeaning } = page.t.oauth.signOut;
  return layout(
    done,
    html`<h1>${done}</h1>
      <p>${doneMeaning}</p>`,
    page,
  );
}
