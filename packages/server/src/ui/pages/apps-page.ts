import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import { effectiveExpiry, isActive } from '../../core/key/key-state.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { Settings } from '../../core/settings/setting-table.ts';
import type { FeedDefinitions } from '../../issue/feeds/feed.ts';
import { allowsPersonalKeys } from '../../issue/personal/personal-keys-allowed.ts';
import { isForAdmins } from '../../issue/require-restorable.ts';
import type { OauthGrant } from '../../ports/oauth-grant-store.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { grantItem } from '../parts/grant-item.ts';
import { keyName } from '../parts/key-name.ts';
import { lastUse, row } from '../parts/key-rows.ts';
import { csrfField, layout } from '../parts/layout.ts';
import { appsPath, feedsPath, newPersonalKeyPath, ownParagraph } from '../parts/own-paths.ts';
import { scopeText } from '../parts/scope-text.ts';
import { rotateForm } from './rotate-form.ts';

/** The keys that the page lists, and what it needs to describe them. */
export interface AppsView {
  /** Newest first: the unrevoked keys, and those revoked since `undoableSince`. */
  readonly keys: readonly KeyRecord[];
  /** Those of them whose revocation can be undone. */
  readonly undoable: readonly KeyRecord[];
  /** The OAuth grants of the user, newest first; on the first page only. */
  readonly grants: readonly OauthGrant[];
  /** The path that receives the id of a grant to revoke. */
  readonly revokePath: string;
  /** The query of the next page; null on the last one. */
  readonly more: string | null;
  readonly scopes: ScopeDefinitions;
  readonly feeds: FeedDefinitions;
  readonly settings: Settings;
}

/** Returns the page that lists a user's keys with their scopes, last use and expiry, and the buttons to revoke them. */
export function appsPage(view: AppsView, page: UserPageContext): Html {
  const { keys, undoable, settings } = view;
  const { apps: words } = page.t;
  const active = keys.filter((key) => isActive(key, page.now));
  const apps = active.filter((key) => key.kind !== 'feed');
  const feeds = active.filter((key) => key.kind === 'feed');
  return layout(
    words.title,
    html`<h1>${words.heading}</h1>
      ${
        apps.length + view.grants.length === 0
          ? html`<p>${words.none}</p>`
          : html`<ul class="keys">
              ${view.grants.map((grant) => grantItem(grant, view, page))}
              ${apps.map((key) => activeKey(key, view, page))}
            </ul>`
      }
      ${allowsPersonalKeys('all', settings) ? ownParagraph(newPersonalKeyPath(page), words.createKey) : ''}
      ${feedSection(feeds, view, page)}
      ${
        undoable.length === 0
          ? ''
          : html`<h2>${words.revokedLately}</h2>
              <ul class="keys">${undoable.map((key) => revokedKey(key, view, page))}</ul>`
      }
      ${view.more === null ? '' : html`<p><a href="${appsPath(page)}${view.more}">${words.older}</a></p>`}`,
    page,
  );
}

/** Nothing on a site without feeds. */
function feedSection(keys: readonly KeyRecord[], view: AppsView, page: UserPageContext): Html | '' {
  const { apps: words } = page.t;
  if (keys.length === 0 && Object.keys(view.feeds).length === 0) return '';
  return html`<h2>${words.feeds}</h2>
    ${
      keys.length === 0
        ? html`<p>${words.noFeeds}</p>`
        : html`<ul class="keys">${keys.map((key) => activeFeed(key, view, page))}</ul>`
    }
    ${ownParagraph(feedsPath(page), words.manageFeeds)}`;
}

function activeKey(key: KeyRecord, { scopes, settings }: AppsView, page: UserPageContext): Html {
  const { t, format } = page;
  const words = t.apps;
  const app = key.applicationName;
  const isOldKey = key.retiresAt !== null;
  const label = isOldKey ? words.revokeOldKey({ app }) : words.revokeApp({ app });
  return html`<li>
    <h2>${isOldKey ? words.nameOfOldKey({ app }) : words.name({ app })}</h2>
    <ul class="scopes">
      ${key.scopes.map((name) => html`<li>${scopeText(name, scopes, page)} <code>${name}</code></li>`)}
    </ul>
    <dl>
      ${row(key.kind === 'personal' ? words.created : words.approved, format.day(key.createdAt))}
      ${row(words.lastUsed, lastUse(key, page))}
      ${row(t.common.expires, expiry(key, page))}
      ${key.sentClientId === null ? '' : row(words.sentClientId, html`<bdi>${key.sentClientId}</bdi>`)}
      ${key.allowedIpAddresses ? row(words.allowedFrom, format.list(key.allowedIpAddresses)) : ''}
      ${key.isUrlKey ? row(words.urlKey, words.yes) : ''}
    </dl>
    <div class="actions">
      ${keyForm('revoke', { text: words.revoke, label }, key, page)}
      ${canRotate(key, settings) ? rotateForm(key, settings.max_user_api_key_rotation_grace_days, page) : ''}
    </div>
  </li>`;
}

function expiry(key: KeyRecord, { t, format }: UserPageContext): Html | string {
  const end = effectiveExpiry(key);
  if (end === Number.POSITIVE_INFINITY) return t.common.never;
  const until = format.dateTime(end);
  return key.retiresAt === null ? until : t.apps.wasReplaced({ until });
}

const canRotate = ({ kind, retiresAt }: KeyRecord, settings: Settings): boolean =>
  kind === 'personal' && retiresAt === null && allowsPersonalKeys('all', settings);

function activeFeed(key: KeyRecord, { feeds }: AppsView, page: UserPageContext): Html {
  const { feeds: feedWords, apps: words } = page.t;
  const feed = keyName(key, feeds, page);
  return html`<li>
    <h3><bdi>${feed}</bdi></h3>
    <dl>
      ${row(feedWords.created, page.format.day(key.createdAt))}
      ${row(feedWords.lastFetched, lastUse(key, page))}
    </dl>
    ${keyForm('revoke', { text: words.remove, label: words.removeFeed({ feed }) }, key, page)}
  </li>`;
}

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

/** @param button its label names the app, for users of a screen reader */
function keyForm(
  action: 'revoke' | 'undo-revoke',
  button: { readonly text: string; readonly label: string },
  key: KeyRecord,
  page: UserPageContext,
): Html {
  return html`<form method="post" action="${page.basePath}/user-api-key/${action}">
    ${csrfField(page)}
    <input type="hidden" name="id" value="${key.id}" />
    <button type="submit" aria-label="${button.label}">${button.text}</button>
  </form>`;
}
