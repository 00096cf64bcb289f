import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { KeyRequest } from '../../issue/steps/key-request.ts';
import type { Html } from '../parts/layout.ts';
import { inWordsAgo, inWordsDay, inWordsDuration, inWordsMinute } from '../parts/words.ts';

/** The parts of a request for a key that read the same wherever a person decides about one. */

/** What it asks to do, each scope in words, the far-reaching ones with a warning. */
export function scopeList(names: readonly string[], scopes: ScopeDefinitions): Html {
  return html`<section aria-labelledby="what">
    <h2 id="what">It asks to</h2>
    <ul class="scopes">${names.map((name) => {
      const scope = scopes[name];
      return html`<li class="${scope?.isDangerous ? 'dangerous' : ''}">
        ${scope?.sentence ?? name} <code>${name}</code>
        ${scope?.isDangerous ? html`<span class="warning">Far-reaching: only for apps you trust fully.</span>` : ''}
      </li>`;
    })}</ul>
  </section>`;
}

/**
 * The rows about the key that would be made: until when it is good, what it replaces, and where it may go.
 *
 * @param replaces the person's unrevoked key of the same client, if there is one
 */
export function keyRows(
  { expiresInSeconds, isUrlKey, push, parameters }: RequestedKey,
  replaces: KeyRecord | null,
  now: number,
): Html {
  return html`<div><dt>Key is good until</dt><dd>${keyExpiry(expiresInSeconds, now)}</dd></div>
    ${replacedKey(replaces, now)}
    ${isUrlKey ? URL_KEY_ROW : ''}
    ${push ? html`<div><dt>Notifications go to</dt><dd><code>${parameters.pushUrl}</code></dd></div>` : ''}`;
}

type RequestedKey = Pick<KeyRequest, 'expiresInSeconds' | 'isUrlKey' | 'push' | 'parameters'>;

/** Until when the key would be good; none at all is a warning. */
function keyExpiry(expiresInSeconds: number | null, now: number): Html {
  if (expiresInSeconds === null) return html`<span class="warning">you revoke it: it has no end date</span>`;
  return html`${inWordsMinute(now + expiresInSeconds * 1000)} (${inWordsDuration(expiresInSeconds)})`;
}

/** A row that tells what approving would end, if the person has an unrevoked key of this client. */
function replacedKey(key: KeyRecord | null, now: number): Html | '' {
  if (!key) return '';
  const use = key.lastUsedAt === null ? 'never used' : `last used ${inWordsAgo(key.lastUsedAt, now)}`;
  const words = `the key approved on ${inWordsDay(key.createdAt)}, ${use}; it stops working`;
  return html`<div><dt>Replaces</dt><dd>${words}</dd></div>`;
}

const URL_KEY_ROW = html`<div><dt>May be in a link</dt><dd>This key is made to be part of an address, as
  calendars need it. Whoever has that address can read the same; revoke the key if it gets about.</dd></div>`;
