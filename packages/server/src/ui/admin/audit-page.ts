import { html } from 'hono/html';
import type { AuditEvent } from '../../core/audit/audit-event.ts';
import type { SiteUser } from '../../ports/site.ts';
import type { UserPageContext } from '../page-context.ts';
import type { Html } from '../parts/layout.ts';
import { inWordsMinute } from '../parts/words.ts';
import { adminLayout, userName } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';
import { AUDIT_ACTIONS, AUDIT_WORDS } from './audit-words.ts';

/** One page of the audit. */
export interface AuditPage {
  readonly events: readonly AuditEvent[];
  /** The users that the events name, by id. */
  readonly users: ReadonlyMap<string, SiteUser>;
  readonly retentionDays: number;
  /** The filter as it was written. */
  readonly asked: Readonly<Record<'person' | 'action' | 'from' | 'until', string>>;
  /** The query of what is older, and of the newest page where this is not it. */
  readonly older: string | null;
  readonly newest: string | null;
}

/** Who did what to keys, apps and settings, when and from where. */
export function auditPage(view: AuditPage, page: UserPageContext): Html {
  const { events, users, asked, older, newest, retentionDays: days } = view;
  const path = adminPath('audit', page);
  const isFiltered = Object.values(asked).some((text) => text !== '');
  return adminLayout(
    'audit',
    'Audit',
    html`<h1>Audit</h1>
      <p>
        What people, apps and the site itself did to keys, apps and settings. It is kept for
        <a href="${adminPath('settings', page)}#audit_retention_days">${days} ${days === 1 ? 'day' : 'days'}</a>;
        what keys are used for is not in it, and neither is any secret.
      </p>
      ${filterForm(asked, path)}
      ${isFiltered ? html`<p><a href="${path}">Show everything</a></p>` : ''}
      ${
        events.length === 0
          ? html`<p role="status">${isFiltered ? 'Nothing like that was written down.' : 'Nothing was written down yet.'}</p>`
          : html`<ol class="audit">${events.map((event) => eventRow(event, users))}</ol>`
      }
      ${newest === null ? '' : html`<p><a href="${path}${newest}">Newest</a></p>`}
      ${older === null ? '' : html`<p><a href="${path}${older}">Older</a></p>`}`,
    page,
  );
}

function filterForm(asked: AuditPage['asked'], path: string): Html {
  const date = (name: 'from' | 'until', label: string) =>
    html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" type="date" value="${asked[name]}" /></div>`;
  return html`<form method="get" action="${path}" class="filter">
    <div>
      <label for="person">Person</label>
      <input id="person" name="person" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="${asked.person}" />
    </div>
    <div>
      <label for="action">What</label>
      <select id="action" name="action">
        <option value="">anything</option>
        ${AUDIT_ACTIONS.map(
          (action) =>
            html`<option value="${action}" ${action === asked.action ? 'selected' : ''}>${AUDIT_WORDS[action].replace(/:$/, '')}</option>`,
        )}
      </select>
    </div>
    ${date('from', 'From (UTC)')} ${date('until', 'Until')}
    <button type="submit">Show</button>
  </form>`;
}

function eventRow(event: AuditEvent, users: AuditPage['users']): Html {
  const { at, action, actorId, ownerId, keyId, subject, ipAddress } = event;
  const isBySite = actorId === null && ipAddress === '';
  const byItself = isBySite ? html`The site` : html`An app`;
  const actor = actorId === null ? byItself : userName(actorId, users);
  const owner = ownerId === null || ownerId === actorId ? null : userName(ownerId, users);
  return html`<li>
    <p>${actor} ${AUDIT_WORDS[action]} <strong><bdi>${subject}</bdi></strong>${owner === null ? '' : html` for ${owner}`}</p>
    <p class="fine">
      <time datetime="${new Date(at).toISOString()}">${inWordsMinute(at)}</time>${isBySite ? '' : html`, from <bdi>${ipAddress}</bdi>`}${keyId === null ? '' : `, key ${keyId}`}
    </p>
  </li>`;
}
