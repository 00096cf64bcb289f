import { html } from 'hono/html';
import type { Html } from '../html.ts';
import type { UserPageContext } from '../page-context.ts';
import { row } from '../parts/key-rows.ts';
import { csrfField } from '../parts/layout.ts';
import { adminLayout } from './admin-layout.ts';
import { adminPath } from './admin-paths.ts';

/** A tool of the site, as admins see it. */
export interface ListedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The method and the name of its route, as scopes use them. */
  readonly method: string;
  readonly route: string;
  /** The scopes that permit a call, each of them alone. */
  readonly scopes: readonly string[];
  readonly isEnabled: boolean;
}

/** The tools, and the result of the last save. */
export interface ToolsView {
  readonly tools: readonly ListedTool[];
  /** Whether agents can use the site at all. */
  readonly allowsAgents: boolean;
  /** The tools that were just changed; null before a save. */
  readonly saved: readonly ListedTool[] | null;
}

const SETTING = 'allow_mcp';

/** Returns the page on which admins turn tools for agents on and off, all in one form. */
export function toolsPage({ tools, allowsAgents, saved }: ToolsView, page: UserPageContext): Html {
  const { tools: words, settings } = page.t;
  const setting = html`<a href="${adminPath('settings', page)}#${SETTING}"><code>${SETTING}</code></a>`;
  return adminLayout(
    'tools',
    words.title,
    html`<h1>${words.title}</h1>
      ${saved === null ? '' : html`<p class="done" role="status">${savedSentence(saved, page)}</p>`}
      ${allowsAgents ? '' : html`<p class="note">${words.allOff({ setting })}</p>`}
      <p>${words.meaning}</p>
      <form method="post" action="${adminPath('tools', page)}">
        ${csrfField(page)}
        <ul class="keys">${tools.map((tool) => toolItem(tool, page))}</ul>
        <div class="buttons sticky"><button type="submit" class="primary">${settings.save}</button></div>
      </form>`,
    page,
  );
}

function savedSentence(saved: readonly ListedTool[], { t, format }: UserPageContext): Html {
  if (saved.length === 0) return html`${t.settings.unchanged}`;
  return t.settings.saved({ settings: format.list(saved.map(({ name }) => html`<code>${name}</code>`)) });
}

/** `was` tells an unchecked box from a tool that the form does not have. */
function toolItem({ isEnabled, ...tool }: ListedTool, page: UserPageContext): Html {
  const { tools: words } = page.t;
  const { name, title, description, method, route, scopes } = tool;
  const calls = new URLSearchParams({ action: 'mcp_tool_called', subject: `: ${name} ` });
  const codes = page.format.list(scopes.map((scope) => html`<code>${scope}</code>`));
  return html`<li>
    <h2><bdi>${title}</bdi> ${isEnabled ? '' : html`<strong class="badge">${words.off}</strong>`}</h2>
    <input type="hidden" name="was:${name}" value="${String(isEnabled)}" />
    <label class="box"><input type="checkbox" name="value:${name}" value="true" ${isEnabled ? 'checked' : ''} /> <span>${words.allow({ tool: html`<code>${name}</code>` })}</span></label>
    <p dir="auto">${description}</p>
    <dl>
      ${row(words.route, html`<code>${method} ${route}</code>`)}
      ${row(scopes.length === 1 ? words.requiredScope : words.anyScope, codes)}
    </dl>
    <p><a href="${adminPath('audit', page)}?${calls.toString()}">${words.calls({ tool: title })}</a></p>
  </li>`;
}
