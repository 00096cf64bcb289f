import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { KeyRequest } from '../../issue/steps/key-request.ts';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';
import { row } from '../parts/key-rows.ts';
import { scopeText } from '../parts/scope-text.ts';

/** Returns the requested scopes as sentences, with a warning for each dangerous one. */
export function scopeList(names: readonly string[], scopes: ScopeDefinitions, page: PageContext): Html {
  return html`<section aria-labelledby="scopes">
    <h2 id="scopes">${page.t.consent.scopes}</h2>
    <ul class="scopes">${names.map((name) => {
      const isDangerous = scopes[name]?.isDangerous;
      return html`<li class="${isDangerous ? 'dangerous' : ''}">
        ${scopeText(name, scopes, page)} <code>${name}</code>
        ${isDangerous ? html`<span class="warning">${page.t.common.dangerousScope}</span>` : ''}
      </li>`;
    })}</ul>
  </section>`;
}

type RequestedKey = Pick<KeyRequest, 'expiresInSeconds' | 'isUrlKey' | 'push' | 'parameters'>;

/**
 * Returns the rows about the key that would be created: its expiry, the key it replaces, and where it may be sent.
 *
 * @param replaces the user's unrevoked key of the same client, if there is one
 */
export function keyRows(
  { expiresInSeconds, isUrlKey, push, parameters }: RequestedKey,
  replaces: KeyRecord | null,
  page: PageContext,
): Html {
  const { common, consent } = page.t;
  return html`${row(common.expires, expiry(expiresInSeconds, page))}
    ${replaces ? row(consent.replaces, replacedKey(replaces, page)) : ''}
    ${isUrlKey ? row(consent.urlKey, consent.urlKeyMeaning) : ''}
    ${push ? row(consent.notifications, html`<code>${parameters.pushUrl}</code>`) : ''}`;
}

/** A key without expiry is a warning. */
function expiry(seconds: number | null, { t, format, now }: PageContext): Html {
  if (seconds === null) return html`<span class="warning">${t.consent.noExpiry}</span>`;
  return t.consent.expiry({ at: format.dateTime(now + seconds * 1000), seconds });
}

function replacedKey({ createdAt, lastUsedAt }: KeyRecord, { t, format, now }: PageContext): Html {
  return t.consent.replacedKey({
    approved: format.day(createdAt),
    lastUsed: lastUsedAt === null ? null : format.ago(lastUsedAt, now),
  });
}
