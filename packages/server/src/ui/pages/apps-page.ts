import { html } from 'hono/html';
import type { BlockList } from '../../core/blocks/block-list.ts';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { UseSummary } from '../../core/key/summarize-uses.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { Settings } from '../../core/settings/setting-table.ts';
import type { FeedDefinitions } from '../../issue/feeds/feed.ts';
import { allowsPersonalKeys } from '../../issue/personal/personal-keys-allowed.ts';
import { isForAdmins } from '../../issue/require-restorable.ts';
import type { OauthGrant } from '../../ports/oauth-grant-store.ts';
import { countedGrantId } from '../../verify/user-key-last-used.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { appIcon, type FindIcon } from '../parts/app-icon.ts';
import { blockNote } from '../parts/block-note.ts';
import { grantItem } from '../parts/grant-item.ts';
import { keyName } from '../parts/key-name.ts';
import { keyProperties } from '../parts/key-properties.ts';
import { row } from '../parts/key-rows.ts';
import { layout } from '../parts/layout.ts';
import { appsPath, feedsPath, newPersonalKeyPath, ownParagraph } from '../parts/own-paths.ts';
import { scopeText } from '../parts/scope-text.ts';
import { refusalList, useChart } from '../parts/use-chart.ts';
import { type AppsQuery, appsFilter } from './apps-filter.ts';
import { bulkForms, type UnusedKeys } from './bulk-forms.ts';
import { keyForm, revokeForm } from './key-forms.ts';
import { renewForm } from './renew-form.ts';
import { rotateForm } from './rotate-form.ts';

/** The keys that the page lists, and what it needs to describe them. */
export interface AppsView {
  /** The OAuth grants of the user that match, newest first; on the first page only. */
  readonly grants: readonly OauthGrant[];
  /** The path that receives the id of a grant to revoke. */
  readonly revokePath: string;
  /** One page of the active keys that match, in the order of the query. */
  readonly keys: readonly KeyRecord[];
  /** The number of active keys and grants, whether or not they match. */
  readonly total: number;
  readonly unused: UnusedKeys;
  /** The keys whose revocation can be undone, by the user or by an admin. */
  readonly undoable: readonly KeyRecord[];
  /** By id of the key, and by the negative id of the grant. */
  readonly uses: ReadonlyMap<number, UseSummary>;
  readonly query: AppsQuery;
  /** The queries of the pages beside this one; null if there is none. */
  readonly previous: string | null;
  readonly next: string | null;
  readonly scopes: ScopeDefinitions;
  readonly feeds: FeedDefinitions;
  readonly settings: Settings;
  readonly blocks: BlockList;
  readonly findIcon: FindIcon;
}

/** So few keys need no search. */
const FEW = 3;

/**
 * Returns the page that lists everything that acts for the user: apps, devices, personal keys and feeds, with their
 * scopes, use and refusals, and the buttons to revoke them.
 */
export function appsPage(view: AppsView, page: UserPageContext): Html {
  const { grants, keys, total, settings, undoable, previous, next } = view;
  const { apps: words } = page.t;
  const link = (query: string | null, text: string) =>
    query === null ? '' : html`<a href="${appsPath(page)}${query}">${text}</a>`;
  return layout(
    words.title,
    html`<h1>${words.heading}</h1>
      ${total === 0 ? html`<p>${words.none}</p>` : ''}
      ${total > FEW || view.query.search !== '' ? appsFilter(view.query, page) : ''}
      ${total > 0 && grants.length + keys.length === 0 ? html`<p role="status">${words.noMatch}</p>` : ''}
      <ul class="keys">
        ${grants.map((grant) => grantItem(grant, view.uses.get(countedGrantId(grant.id)), view, page))}
        ${keys.map((key) => activeKey(key, view, page))}
      </ul>
      ${previous === null && next === null ? '' : html`<p class="pages">${link(previous, words.previous)} ${link(next, words.next)}</p>`}
      ${allowsPersonalKeys('all', settings) ? ownParagraph(newPersonalKeyPath(page), words.createKey) : ''}
      ${Object.keys(view.feeds).length === 0 ? '' : ownParagraph(feedsPath(page), words.manageFeeds)}
      ${
        undoable.length === 0
          ? ''
          : html`<h2>${words.revokedLately}</h2>
              <ul class="keys">${undoable.map((key) => revokedKey(key, view, page))}</ul>`
      }
      ${bulkForms(total, view.unused, page)}`,
    page,
  );
}

function activeKey(key: KeyRecord, view: AppsView, page: UserPageContext): Html {
  const { scopes, feeds, settings } = view;
  const { apps: words, usage } = page.t;
  const app = keyName(key, feeds, page);
  const uses = view.uses.get(key.id);
  return html`<li>
    <div class="head">
      ${appIcon(view.findIcon(key), page)}
      <h2>${key.retiresAt === null ? words.name({ app }) : words.nameOfOldKey({ app })}</h2>
      <span class="kind">${words.kinds[key.kind]}</span>
    </div>
    ${blockNote(key, view.blocks, page)}
    <ul class="scopes">
      ${key.scopes.map((name) => html`<li>${scopeText(name, scopes, page)} <code>${name}</code></li>`)}
    </ul>
    <dl>
      ${keyProperties(key, page)}
      ${uses === undefined ? '' : row(words.usage, html`${useChart(uses, page)} ${usage.count({ count: uses.allowed })}`)}
    </dl>
    ${uses === undefined ? '' : refusalList(uses, page)}
    <div class="actions">
      ${revokeForm(key, app, page)}
      ${canRotate(key, settings) ? renewForm(key, settings.max_user_api_key_expiry_days, page) : ''}
      ${canRotate(key, settings) ? rotateForm(key, settings.max_user_api_key_rotation_grace_days, page) : ''}
      <a class="quiet" href="${appsPath(page)}/${key.id}">${words.details({ app })}</a>
    </div>
  </li>`;
}

/** Whether the user can rotate this key. */
export const canRotate = ({ kind, retiresAt }: KeyRecord, settings: Settings): boolean =>
  kind === 'personal' && retiresAt === null && allowsPersonalKeys('all', settings);

function revokedKey(key: KeyRecord, { feeds }: AppsView, page: UserPageContext): Html {
  const { apps: words } = page.t;
  const app = keyName(key, feeds, page);
  const ago = page.format.ago(key.revokedAt ?? 0, page.now);
  return html`<li>
    <h3><bdi>${app}</bdi></h3>
    <p>${key.revokedReason === 'unused' ? words.revokedUnused({ ago }) : words.revokedAgo({ ago })}</p>
    ${isForAdmins(key) ? '' : keyForm('undo-revoke', { text: words.undo, label: words.undoApp({ app }) }, key, page)}
  </li>`;
}
