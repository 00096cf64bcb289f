import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import { effectiveExpiry, isActive } from '../../core/key/key-state.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { Settings } from '../../core/settings/setting-table.ts';
import { allowsPersonalKeys } from '../../issue/personal/personal-keys-allowed.ts';
import type { UserPageContext } from '../page-context.ts';
import { csrfField, type Html, layout } from '../parts/layout.ts';
import { feedsPath, newPersonalKeyPath, ownParagraph } from '../parts/own-paths.ts';
import { inWordsAgo, inWordsDay, inWordsLastUse, inWordsMinute } from '../parts/words.ts';
import { findUndoableKeys } from './find-undoable-keys.ts';
import { rotateForm } from './rotate-form.ts';

/** What the page lists. */
export interface AppsView {
  /** Newest first: the unrevoked ones, and those that were revoked since `undoableSince`. */
  readonly keys: readonly KeyRecord[];
  readonly scopes: ScopeDefinitions;
  readonly settings: Settings;
}

/** Every key of a person: what it may do, since when, last used when, from where and with what, until when. */
export function appsPage(view: AppsView, page: UserPageContext): Html {
  const { keys, settings } = view;
  const { now } = page;
  const live = keys.filter((key) => isActive(key, now));
  const apps = live.filter((key) => key.kind !== 'feed');
  const feeds = live.filter((key) => key.kind === 'feed');
  const undoable = findUndoableKeys(keys, now);
  return layout(
    'Apps',
    html`<h1>Apps that act for you</h1>
      ${
        apps.length === 0
          ? html`<p>There are none. When you approve an app, it appears here.</p>`
          : html`<ul class="keys">${apps.map((key) => liveKey(key, view, page))}</ul>`
      }
      ${
        allowsPersonalKeys('all', settings)
          ? ownParagraph(newPersonalKeyPath(page), 'Make a key for yourself')
          : ''
      }
      <h2>Feeds</h2>
      ${
        feeds.length === 0
          ? html`<p>You have none.</p>`
          : html`<ul class="keys">${feeds.map((key) => liveFeed(key, page))}</ul>`
      }
      ${ownParagraph(feedsPath(page), 'Get, reset or remove an address')}
      ${
        undoable.length === 0
          ? ''
          : html`<h2>Revoked in the last seven days</h2>
              <ul class="keys">${undoable.map((key) => revokedKey(key, page))}</ul>`
      }`,
    page,
  );
}

function liveKey(key: KeyRecord, { scopes, settings }: AppsView, page: UserPageContext): Html {
  const { now } = page;
  return html`<li>
    <h2><bdi>${key.applicationName}</bdi>${key.retiresAt === null ? '' : ' (old key)'}</h2>
    <ul class="scopes">
      ${key.scopes.map((name) => html`<li>${scopes[name]?.sentence ?? name} <code>${name}</code></li>`)}
    </ul>
    <dl>
      <div><dt>${key.kind === 'personal' ? 'Made by you' : 'Approved'}</dt><dd>${inWordsDay(key.createdAt)}</dd></div>
      <div><dt>Last used</dt><dd>${inWordsLastUse(key, now)}</dd></div>
      <div><dt>Good until</dt><dd>${goodUntil(key)}</dd></div>
      ${key.allowedIpAddresses ? html`<div><dt>Only from</dt><dd>${key.allowedIpAddresses.join(', ')}</dd></div>` : ''}
      ${key.isUrlKey ? html`<div><dt>May be in a link</dt><dd>yes</dd></div>` : ''}
    </dl>
    <div class="actions">
      ${keyForm('revoke', 'Revoke', key, page)}
      ${canRotate(key, settings) ? rotateForm(key, settings.max_user_api_key_rotation_grace_days, page) : ''}
    </div>
  </li>`;
}

function goodUntil(key: KeyRecord): string {
  const end = effectiveExpiry(key);
  if (end === Number.POSITIVE_INFINITY) return 'you revoke it';
  return key.retiresAt === null ? inWordsMinute(end) : `${inWordsMinute(end)}; a newer key is in its place`;
}

const canRotate = ({ kind, retiresAt }: KeyRecord, settings: Settings): boolean =>
  kind === 'personal' && retiresAt === null && allowsPersonalKeys('all', settings);

/** An address that a calendar or a feed reader fetches: no app, and it asked for nothing. */
function liveFeed(key: KeyRecord, page: UserPageContext): Html {
  return html`<li>
    <h3><bdi>${key.applicationName}</bdi></h3>
    <dl>
      <div><dt>Address made</dt><dd>${inWordsDay(key.createdAt)}</dd></div>
      <div><dt>Last fetched</dt><dd>${inWordsLastUse(key, page.now)}</dd></div>
    </dl>
    ${keyForm('revoke', 'Remove', key, page)}
  </li>`;
}

function revokedKey(key: KeyRecord, page: UserPageContext): Html {
  return html`<li>
    <h3><bdi>${key.applicationName}</bdi></h3>
    <p>Revoked ${inWordsAgo(key.revokedAt ?? 0, page.now)}${key.revokedReason === 'unused' ? ', because nobody used it' : ''}.</p>
    ${keyForm('undo-revoke', 'Undo', key, page)}
  </li>`;
}

/** The name of the app is part of the button for whoever hears the page instead of seeing it. */
function keyForm(
  action: 'revoke' | 'undo-revoke',
  label: 'Revoke' | 'Remove' | 'Undo',
  key: KeyRecord,
  page: UserPageContext,
): Html {
  return html`<form method="post" action="${page.basePath}/user-api-key/${action}">
    ${csrfField(page)}
    <input type="hidden" name="id" value="${key.id}" />
    <button type="submit" aria-label="${label} ${key.retiresAt === null ? '' : 'the old key of '}${key.applicationName}">${label}</button>
  </form>`;
}
