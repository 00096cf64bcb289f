import { html } from 'hono/html';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import { canExpireEarlier } from '../../issue/consent-choice.ts';
import type { DeviceRequest } from '../../issue/steps/evaluate-key-request.ts';
import type { Html } from '../html.ts';
import type { PageContext } from '../page-context.ts';
import { row } from './key-rows.ts';

const HOUR = 3_600;
const DAY = 86_400;
/** The expiries that a user can select, in seconds. */
const EXPIRIES = [HOUR, DAY, 7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY];

/** What the site knows about a request, in addition to the request itself. */
export interface RequestSurroundings {
  /** The user's unrevoked key of the same client, if there is one. */
  readonly replaces: KeyRecord | null;
  /** The hash of the icon of the client; null for none, or if the request does not prove which client sent it. */
  readonly icon: string | null;
  readonly scopes: ScopeDefinitions;
  readonly maxExpiryDays: number;
}

/**
 * Returns the rows about the key that would be created: its expiry, the key it replaces, and where it may be sent.
 */
export function keyRows(
  request: Omit<DeviceRequest, 'session' | 'client'>,
  { replaces, maxExpiryDays }: Omit<RequestSurroundings, 'icon'>,
  page: PageContext,
): Html {
  const { common, consent } = page.t;
  const { expiresInSeconds, isUrlKey, push, parameters } = request;
  const earlier = canExpireEarlier(request)
    ? EXPIRIES.filter((seconds) => seconds < (expiresInSeconds ?? maxExpiryDays * DAY + 1))
    : [];
  return html`${row(common.expires, html`${expiry(expiresInSeconds, page)} ${expiryField(earlier, page)}`)}
    ${replaces ? row(consent.replaces, replacedKey(replaces, page)) : ''}
    ${isUrlKey ? row(consent.urlKey, consent.urlKeyMeaning) : ''}
    ${push ? row(consent.notifications, html`<code>${parameters.pushUrl}</code>`) : ''}`;
}

/** A key without expiry is a warning. */
function expiry(seconds: number | null, { t, format, now }: PageContext): Html {
  if (seconds === null) return html`<span class="warning">${t.consent.noExpiry}</span>`;
  return t.consent.expiry({ at: format.dateTime(now + seconds * 1000), seconds });
}

/** Collapsed, because most users keep what the app requested. */
function expiryField(choices: readonly number[], { t, format, choice }: PageContext): Html | '' {
  if (choices.length === 0) return '';
  const chosen = choices.find((seconds) => String(seconds) === choice.expiresInSeconds);
  return html`<details ${chosen === undefined ? '' : 'open'}>
    <summary>${t.consent.earlier}</summary>
    <label for="earlier">${t.consent.endsAfter}</label>
    <select id="earlier" name="granted_expires_in_seconds" autocomplete="off">
      <option value="">${t.consent.asRequested}</option>
      ${choices.map((seconds) => html`<option value="${seconds}" ${seconds === chosen ? 'selected' : ''}>${format.duration(seconds)}</option>`)}
    </select>
  </details>`;
}

function replacedKey({ createdAt, lastUsedAt }: KeyRecord, { t, format, now }: PageContext): Html {
  return t.consent.replacedKey({
    approved: format.day(createdAt),
    lastUsed: lastUsedAt === null ? null : format.ago(lastUsedAt, now),
  });
}
