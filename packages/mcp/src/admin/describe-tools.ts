import type { Settings } from '@valetkey/server';
import type { ListedTool, Provider } from '@valetkey/server/extension';
import type { DefinedTool } from '../tools/define-tools.ts';
import { listNeededScopes } from '../tools/tool-scopes.ts';

/** Returns the tools of the site as admins see them, those that are off too. */
export const describeTools = (
  tools: readonly DefinedTool[],
  { mcp_disabled_tools }: Pick<Settings, 'mcp_disabled_tools'>,
  { scopes }: Pick<Provider, 'scopes'>,
): ListedTool[] =>
  tools.map((tool) => ({
    name: tool.name,
    title: tool.title,
    description: tool.description,
    method: tool.method,
    route: tool.route,
    scopes: listNeededScopes(tool, scopes),
    isEnabled: !mcp_disabled_tools.includes(tool.name),
  }));

/** Returns a tool as JSON. */
export const toolShape = ({ isEnabled, ...tool }: ListedTool) => ({ ...tool, enabled: isEnabled });
