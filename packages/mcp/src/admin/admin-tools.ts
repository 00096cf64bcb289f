import {
  createPageContext,
  type Endpoint,
  type EndpointTable,
  jsonResponse,
  openAdminPage,
  type Provider,
  pageResponse,
  requireAdmin,
  toolsPage,
} from '@valetkey/server/extension';
import type { DefinedTool } from '../tools/define-tools.ts';
import { decideToolChanges } from './decide-tool-changes.ts';
import { describeTools, toolShape } from './describe-tools.ts';

/** Creates the page on which admins turn tools off (PROTOCOL.md#manage-mcp-tools); none on a site without tools. */
export function createToolPages(tools: readonly DefinedTool[]): EndpointTable {
  if (tools.length === 0) return {};
  return { '/mcp-tools': { GET: createShowTools(tools), POST: createChangeTools(tools) } };
}

/** `GET /admin/mcp-tools`: lists the tools of the site, those that are off too. */
function createShowTools(tools: readonly DefinedTool[]): Endpoint {
  return async (request, provider) => {
    if (request.wantsJson) {
      await requireAdmin(request, provider);
      return jsonResponse({ tools: loadTools(tools, provider).map(toolShape) });
    }
    return openAdminPage(request, provider, (page) =>
      toolsPage({ ...viewOf(tools, provider), saved: null }, page),
    );
  };
}

/** `POST /admin/mcp-tools`: stores the changes of the form in the setting `mcp_disabled_tools`. */
function createChangeTools(tools: readonly DefinedTool[]): Endpoint {
  return async (request, provider) => {
    const session = await requireAdmin(request, provider);
    const { on, off } = decideToolChanges(loadTools(tools, provider), request.body);
    const by = { userId: session.user.id, ipAddress: request.ipAddress };
    await provider.settings.changeItems('mcp_disabled_tools', { add: off, remove: on }, by);
    const changed = [...on, ...off];
    if (request.wantsJson) return jsonResponse({ changed });
    const view = viewOf(tools, provider);
    const saved = view.tools.filter(({ name }) => changed.includes(name));
    const page = await createPageContext(request.raw, session, provider);
    return pageResponse(toolsPage({ ...view, saved }, page), 200);
  };
}

const loadTools = (tools: readonly DefinedTool[], provider: Provider) =>
  describeTools(tools, provider.settings.current(), provider);

const viewOf = (tools: readonly DefinedTool[], provider: Provider) => ({
  tools: loadTools(tools, provider),
  allowsAgents: provider.settings.current().allow_mcp,
});
