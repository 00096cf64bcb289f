import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import { effectiveExpiry, isActive } from '../../core/key/key-state.ts';
import { allowsPersonalKeys } from '../../issue/personal/personal-keys-allowed.ts';
import type { Provider } from '../../issue/provider.ts';
import type { Session } from '../../ports/site.ts';
import { type Html, layout } from '../parts/layout.ts';
import { feedsPath, newPersonalKeyPath } from '../parts/own-paths.ts';
import { inWordsAgo, inWordsDay, inWordsLastUse, inWordsMinute } from '../parts/words.ts';
import { findUndoableKeys } from './find-undoable-keys.ts';
import { rotateForm } from './rotate-form.ts';

/**
 * Every key of a person: what it may do, since when, last used when, from where and with what, until when.
 *
 * @param keys newest first: the unrevoked ones, and those that were revoked since `undoableSince`
 */
export function appsPage(keys: readonly KeyRecord[], session: Session, provider: Provider): Html {
  const now = provider.now();
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
          : html`<ul class="keys">${apps.map((key) => liveKey(key, session, provider))}</ul>`
      }
      ${
        allowsPersonalKeys('all', provider.settings.current())
          ? html`<p><a href="${newPersonalKeyPath(session, provider)}">Make a key for yourself</a></p>`
          : ''
      }
      <h2>Feeds</h2>
      ${
        feeds.length === 0
          ? html`<p>You have none.</p>`
          : html`<ul class="keys">${feeds.map((key) => liveFeed(key, session, provider))}</ul>`
      }
      <p><a href="${feedsPath(session, provider)}">Get, reset or remove an address</a></p>
      ${
        undoable.length === 0
          ? ''
          : html`<h2>Revoked in the last seven days</h2>
              <ul class="keys">${undoable.map((key) => revokedKey(key, session, provider))}</ul>`
      }`,
    provider,
  );
}

function liveKey(key: KeyRecord, session: Session, provider: Provider): Html {
  const now = provider.now();
  return html`<li>
    <h2><bdi>${key.applicationName}</bdi>${key.retiresAt === null ? '' : ' (old key)'}</h2>
    <ul class="scopes">
      ${key.scopes.map((name) => html`<li>${provider.scopes[name]?.sentence ?? name} <code>${name}</code></li>`)}
    </ul>
    <dl>
      <div><dt>${key.kind === 'personal' ? 'Made by you' : 'Approved'}</dt><dd>${inWordsDay(key.createdAt)}</dd></div>
      <div><dt>Last used</dt><dd>${inWordsLastUse(key, now)}</dd></div>
      <div><dt>Good until</dt><dd>${goodUntil(key)}</dd></div>
      ${key.allowedIpAddresses ? html`<div><dt>Only from</dt><dd>${key.allowedIpAddresses.join(', ')}</dd></div>` : ''}
      ${key.isUrlKey ? html`<div><dt>May be in a link</dt><dd>yes</dd></div>` : ''}
    </dl>
    <div class="actions">
      ${keyForm('revoke', 'Revoke', key, session, provider)}
      ${canRotate(key, provider) ? rotateForm(key, session, provider) : ''}
    </div>
  </li>`;
}

function goodUntil(key: KeyRecord): string {
  const end = effectiveExpiry(key);
  if (end === Number.POSITIVE_INFINITY) return 'you revoke it';
  return key.retiresAt === null ? inWordsMinute(end) : `${inWordsMinute(end)}; a newer key is in its place`;
}

const canRotate = ({ kind, retiresAt }: KeyRecord, { settings }: Provider): boolean =>
  kind === 'personal' && retiresAt === null && allowsPersonalKeys('all', settings.current());

/** An address that a calendar or a feed reader fetches: no app, and it asked for nothing. */
function liveFeed(key: KeyRecord, session: Session, provider: Provider): Html {
  return html`<li>
    <h3><bdi>${key.applicationName}</bdi></h3>
    <dl>
      <div><dt>Address made</dt><dd>${inWordsDay(key.createdAt)}</dd></div>
      <div><dt>Last fetched</dt><dd>${inWordsLastUse(key, provider.now())}</dd></div>
    </dl>
    ${keyForm('revoke', 'Remove', key, session, provider)}
  </li>`;
}

function revokedKey(key: KeyRecord, session: Session, provider: Provider): Html {
  return html`<li>
    <h3><bdi>${key.applicationName}</bdi></h3>
    <p>Revoked ${inWordsAgo(key.revokedAt ?? 0, provider.now())}${key.revokedReason === 'unused' ? ', because nobody used it' : ''}.</p>
    ${keyForm('undo-revoke', 'Undo', key, session, provider)}
  </li>`;
}

/** The name of the app is part of the button for whoever hears the page instead of seeing it. */
function keyForm(
  action: 'revoke' | 'undo-revoke',
  label: 'Revoke' | 'Remove' | 'Undo',
  key: KeyRecord,
  session: Session,
  provider: Provider,
): Html {
  return html`<form method="post" action="${provider.basePath}/user-api-key/${action}">
    <input type="hidden" name="authenticity_token" value="${session.csrfToken}" />
    <input type="hidden" name="id" value="${key.id}" />
    <button type="submit" aria-label="${label} ${key.retiresAt === null ? '' : 'the old key of '}${key.applicationName}">${label}</button>
  </form>`;
}
