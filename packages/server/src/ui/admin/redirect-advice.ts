import { html } from 'hono/html';
import type { RedirectReach } from '../../core/redirects/redirect-reach.ts';
import type { RedirectAdvice } from '../../issue/redirects/advise-redirect.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField } from '../parts/layout.ts';
import { adminPath } from './admin-paths.ts';

const MAX_APPS = 20;

/** A pattern of these cannot be much narrower. */
const NARROW: readonly RedirectReach[] = ['device', 'computer', 'page'];

/** Returns what an admin should know about a pattern before adding or removing it. */
export function redirectAdvice(advice: RedirectAdvice, orphans: number, page: UserPageContext): Html {
  const { redirects: words } = page.t;
  const { pattern, reach, allows, warning, examples } = advice;
  return html`<section aria-labelledby="advice">
    <h2 id="advice"><code>${pattern}</code></h2>
    <dl>
      <div><dt>${words.allows}</dt><dd>${allows}${warning === null ? '' : html` <span class="warning">${warning}</span>`}</dd></div>
      <div><dt>${words.reach}</dt><dd>${words.reaches[reach]}</dd></div>
      <div><dt>${words.matches}</dt><dd>${exampleList(examples.allowed)}</dd></div>
      ${examples.refused.length === 0 ? '' : html`<div><dt>${words.refuses}</dt><dd>${exampleList(examples.refused)}</dd></div>`}
      <div><dt>${words.safer}</dt><dd>${saferPatterns(advice, page)}</dd></div>
    </dl>
    <h3>${words.apps}</h3>
    ${advice.apps.length === 0 ? html`<p>${words.noApps}</p>` : appTable(advice, page)}
    ${advice.isListed ? listedNote(advice, orphans, page) : addForm(advice, page)}
  </section>`;
}

const exampleList = (urls: readonly string[]): Html =>
  html`<ul class="examples">${urls.map((url) => html`<li><code>${url}</code></li>`)}</ul>`;

function saferPatterns({ safer, apps, reach }: RedirectAdvice, page: UserPageContext): Html {
  const { redirects: words } = page.t;
  if (safer.length === 0) {
    const isUnknown = apps.length === 0 && !NARROW.includes(reach);
    return html`${isUnknown ? words.saferUnknown : words.saferNone}`;
  }
  const path = adminPath('redirects', page);
  return html`${apps.length === 0 ? '' : html`<p>${words.saferByApps}</p>`}
    <ul class="examples">
      ${safer.map((each) => html`<li><a href="${path}?${new URLSearchParams({ pattern: each })}"><code>${each}</code></a></li>`)}
    </ul>
    <p class="fine">${words.saferQuery}</p>`;
}

function appTable({ apps }: RedirectAdvice, page: UserPageContext): Html {
  const { redirects: words } = page.t;
  return html`<div class="wide" tabindex="0" role="region" aria-label="${words.apps}"><table>
    <thead><tr><th scope="col">${words.app}</th><th scope="col">${words.redirect}</th><th scope="col">${words.activeKeys}</th></tr></thead>
    <tbody>
      ${apps.slice(0, MAX_APPS).map(
        ({ applicationName, authRedirect, activeKeys }) => html`<tr>
          <td><bdi>${applicationName}</bdi></td>
          <td><code>${authRedirect}</code></td>
          <td>${page.format.number(activeKeys)}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>`;
}

function listedNote({ apps }: RedirectAdvice, orphans: number, page: UserPageContext): Html {
  const { redirects: words } = page.t;
  return html`<p>${words.listed} ${apps.length === 0 ? '' : words.removeMeaning({ count: orphans })}
    <a href="${adminPath('settings', page)}#allowed_user_api_auth_redirects">${words.change}</a></p>`;
}

function addForm({ pattern }: RedirectAdvice, page: UserPageContext): Html {
  const { redirects: words } = page.t;
  return html`<form method="post" action="${adminPath('redirects', page)}">
    ${csrfField(page)}
    <input type="hidden" name="pattern" value="${pattern}" />
    <p>${words.addMeaning}</p>
    <div class="buttons"><button type="submit">${words.add}</button></div>
  </form>`;
}
