import { html } from 'hono/html';
import type { BlockList } from '../../core/blocks/block-list.ts';
import type { KeyRecord } from '../../core/key/key-record.ts';
import type { UseSummary } from '../../core/key/summarize-uses.ts';
import type { ScopeDefinitions } from '../../core/scopes/scope.ts';
import type { Settings } from '../../core/settings/setting-table.ts';
import type { FeedDefinitions } from '../../issue/feeds/feed.ts';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { appIcon } from '../parts/app-icon.ts';
import { blockNote } from '../parts/block-note.ts';
import { keyName } from '../parts/key-name.ts';
import { keyProperties } from '../parts/key-properties.ts';
import { layout } from '../parts/layout.ts';
import { appsPath, ownParagraph } from '../parts/own-paths.ts';
import { scopeGroups } from '../parts/scope-groups.ts';
import { refusalList, useChart, useTable } from '../parts/use-chart.ts';
import { canRotate } from './apps-page.ts';
import { renameForm, revokeForm } from './key-forms.ts';
import { renewForm } from './renew-form.ts';
import { rotateForm } from './rotate-form.ts';

/** One active key, and what the page needs to describe it. */
export interface AppView {
  readonly key: KeyRecord;
  readonly uses: UseSummary;
  readonly scopes: ScopeDefinitions;
  readonly feeds: FeedDefinitions;
  readonly settings: Settings;
  readonly blocks: BlockList;
  /** The hash of its icon; null for none. */
  readonly icon: string | null;
}

/** Returns the page about one key: its scopes, use per day and refusals, with the forms to rename and revoke it. */
export function appPage(
  { key, uses, scopes, feeds, settings, blocks, icon }: AppView,
  page: UserPageContext,
): Html {
  const { apps: words, usage, common } = page.t;
  const app = keyName(key, feeds, page);
  const view = { names: key.scopes, optional: [], replaces: null, scopes };
  return layout(
    app,
    html`<div class="title">${appIcon(icon, page)}<h1>${key.retiresAt === null ? words.name({ app }) : words.nameOfOldKey({ app })}</h1></div>
      <p class="who">${words.kinds[key.kind]}</p>
      ${blockNote(key, blocks, page)}
      ${scopeGroups(view, page, words.permissions)}
      <dl>${keyProperties(key, page)}</dl>
      <h2>${usage.title}</h2>
      <p>${useChart(uses, page)} ${usage.count({ count: uses.allowed })}</p>
      ${refusalList(uses, page)}
      ${useTable(uses, page)}
      ${renameForm(key, page)}
      <div class="actions">
        ${revokeForm(key, app, page)}
        ${canRotate(key, settings) ? renewForm(key, settings.max_user_api_key_expiry_days, page) : ''}
        ${canRotate(key, settings) ? rotateForm(key, settings.max_user_api_key_rotation_grace_days, page) : ''}
      </div>
      ${ownParagraph(appsPath(page), common.yourApps)}`,
    page,
  );
}
