import { html } from 'hono/html';
import { AUDIT_ACTIONS, type AuditEvent } from '../../core/audit/audit-event.ts';
import type { SiteUser } from '../../ports/site.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { adminLayout, userName } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** One page of the audit log. */
export interface AuditPage {
  readonly events: readonly AuditEvent[];
  /** The users that the events name, by id. */
  readonly users: ReadonlyMap<string, SiteUser>;
  readonly retentionDays: number;
  /** The filter as it was entered. */
  readonly asked: Readonly<Record<'person' | 'action' | 'subject' | 'from' | 'until', string>>;
  /** The query of the next page; null on the last page. */
  readonly older: string | null;
  /** The query of the first page; null on the first page. */
  readonly newest: string | null;
}

/** Returns the page of the audit log: who did what to keys, clients and settings, when and from where. */
export function auditPage(view: AuditPage, page: UserPageContext): Html {
  const { events, users, asked, older, newest, retentionDays: days } = view;
  const { audit: words } = page.t;
  const path = adminPath('audit', page);
  const isFiltered = Object.values(asked).some((text) => text !== '');
  const settingLink = (text: string) =>
    html`<a href="${adminPath('settings', page)}#audit_retention_days">${text}</a>`;
  return adminLayout(
    'audit',
    words.title,
    html`<h1>${words.title}</h1>
      <p>${words.meaning({ link: settingLink, days })}</p>
      ${filterForm(asked, path, page)}
      ${isFiltered ? html`<p><a href="${path}">${words.showAll}</a></p>` : ''}
      ${
        events.length === 0
          ? html`<p role="status">${isFiltered ? words.noMatch : words.none}</p>`
          : html`<ol class="audit">${events.map((event) => eventItem(event, users, page))}</ol>`
      }
      ${events.length === 0 ? '' : exportLinks(asked, path, page)}
      ${newest === null ? '' : html`<p><a href="${path}${newest}">${words.newest}</a></p>`}
      ${older === null ? '' : html`<p><a href="${path}${older}">${words.older}</a></p>`}`,
    page,
  );
}

function exportLinks(asked: AuditPage['asked'], path: string, page: UserPageContext): Html {
  const { audit: words } = page.t;
  const link = (format: 'csv' | 'jsonl', text: string) => {
    const filter = Object.entries(asked).filter(([, value]) => value !== '');
    return html`<a href="${path}/export?${new URLSearchParams([...filter, ['format', format]]).toString()}">${text}</a>`;
  };
  return html`<p class="pages">${link('csv', words.exportCsv)} ${link('jsonl', words.exportJsonLines)}</p>`;
}

function filterForm(asked: AuditPage['asked'], path: string, page: UserPageContext): Html {
  const { audit: words } = page.t;
  const date = (name: 'from' | 'until', label: string) =>
    html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" type="date" value="${asked[name]}" /></div>`;
  return html`<form method="get" action="${path}" class="filter">
    <div>
      <label for="person">${words.user}</label>
      <input id="person" name="person" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="${asked.person}" />
    </div>
    <div>
      <label for="action">${words.action}</label>
      <select id="action" name="action">
        <option value="">${words.anyAction}</option>
        ${AUDIT_ACTIONS.map(
          (action) =>
            html`<option value="${action}" ${action === asked.action ? 'selected' : ''}>${words.actions[action]}</option>`,
        )}
      </select>
    </div>
    <div>
      <label for="subject">${words.subject}</label>
      <input id="subject" name="subject" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" value="${asked.subject}" />
    </div>
    ${date('from', words.from)} ${date('until', words.until)}
    <button type="submit">${words.show}</button>
  </form>`;
}

function eventItem(event: AuditEvent, users: AuditPage['users'], page: UserPageContext): Html {
  const { audit: words } = page.t;
  const { at, action, actorId, ownerId, keyId, ipAddress } = event;
  const isBySite = actorId === null && ipAddress === '';
  const bySoftware = html`${isBySite ? words.theSite : words.anApp}`;
  const text = words.events[action]({
    actor: actorId === null ? bySoftware : userName(actorId, users, page),
    subject: html`<strong><bdi>${event.subject}</bdi></strong>`,
    owner: ownerId === null || ownerId === actorId ? null : userName(ownerId, users, page),
  });
  return html`<li>
    <p>${text}</p>
    <p class="fine">${words.where({ at: page.format.dateTime(at), ipAddress: isBySite ? null : ipAddress, keyId: keyId === null ? null : String(keyId) })}</p>
  </li>`;
}
