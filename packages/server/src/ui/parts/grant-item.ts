import { html } from 'hono/html';
import type { BlockList } from '../../core/blocks/block-list.ts';
import type { UseSummary } from '../../core/key/summarize-uses.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { OauthGrant } from '../../ports/oauth-grant-store.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { appIcon, type FindIcon } from './app-icon.ts';
import { blockNote } from './block-note.ts';
import { identitySentence } from './identity-sentence.ts';
import { lastUse, row } from './key-rows.ts';
import { csrfField } from './layout.ts';
import { scopeText } from './scope-text.ts';
import { refusalList, useChart } from './use-chart.ts';

/**
 * Returns one OAuth grant on the page of apps, with the button that revokes it. Client id and last use tell the grants of one
 * client apart.
 *
 * @param uses how its tokens were used in the last 30 days
 * @param revokePath the path that receives the id of the grant to revoke
 */
export function grantItem(
  grant: OauthGrant,
  uses: UseSummary | undefined,
  view: {
    readonly scopes: ScopeDefinitions;
    readonly revokePath: string;
    readonly blocks: BlockList;
    readonly findIcon: FindIcon;
  },
  page: UserPageContext,
): Html {
  const { t, format } = page;
  const { scopes, revokePath, blocks, findIcon } = view;
  const app = grant.clientName;
  return html`<li>
    <div class="head">${appIcon(findIcon({ ...grant, kind: 'oauth' }), page)}<h2>${t.apps.name({ app })}</h2><span class="kind">${t.apps.kinds.oauth}</span></div>
    ${blockNote({ ...grant, kind: 'oauth', sentClientId: null, pushUrl: null }, blocks, page)}
    <ul class="scopes">
      ${grant.scopes.map((name) => html`<li>${identitySentence(name, t) ?? scopeText(name, scopes, page)} <code>${name}</code></li>`)}
    </ul>
    <dl>
      ${row(t.oauth.clientId, html`<code class="address">${grant.clientId}</code>`)}
      ${row(t.oauth.approved, format.dateTime(grant.createdAt))}
      ${row(t.apps.lastUsed, lastUse(grant, page))}
      ${row(t.common.expires, grant.expiresAt === null ? t.common.never : format.dateTime(grant.expiresAt))}
      ${uses === undefined ? '' : row(t.apps.usage, html`${useChart(uses, page)} ${t.usage.count({ count: uses.allowed })}`)}
    </dl>
    ${uses === undefined ? '' : refusalList(uses, page)}
    <div class="actions">
      <form method="post" action="${revokePath}">
        ${csrfField(page)}
        <input type="hidden" name="id" value="${grant.id}" />
        <button type="submit" aria-label="${t.apps.revokeApp({ app })}">${t.apps.revoke}</button>
      </form>
    </div>
  </li>`;
}
