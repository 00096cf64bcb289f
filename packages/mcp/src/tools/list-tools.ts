import { listGrantableScopes, type Provider } from '@valetkey/server/extension';
import { type DefinedTool, listEnabledTools } from './define-tools.ts';
import type { ObjectSchema, ToolAnnotations } from './tool.ts';
import { canCall, listNeededScopes } from './tool-scopes.ts';

/** A tool as `tools/list` describes it (MCP). */
export interface ListedTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema?: ObjectSchema;
  readonly annotations: ToolAnnotations;
}

/**
 * Returns the tools that these scopes permit. With the setting `mcp_list_askable_tools`, also those that a client could
 * request a scope for; their description names it.
 */
export function listTools(
  tools: readonly DefinedTool[],
  granted: readonly string[],
  { settings, scopes }: Pick<Provider, 'settings' | 'scopes'>,
): ListedTool[] {
  const current = settings.current();
  const askable = current.mcp_list_askable_tools ? listGrantableScopes(current, scopes) : [];
  return listEnabledTools(tools, current).flatMap((tool) => {
    if (canCall(tool, granted, scopes)) return [describe(tool)];
    const scope = listNeededScopes(tool, scopes).find((name) => askable.includes(name));
    return scope === undefined
      ? []
      : [describe(tool, ` Requires the scope ${scope}, which you do not have yet.`)];
  });
}

function describe(tool: DefinedTool, note = ''): ListedTool {
  const { name, title, description, input, output, method } = tool;
  const isReading = method === 'GET';
  return {
    name,
    title,
    description: description + note,
    inputSchema: input,
    ...(output && { outputSchema: output }),
    annotations: {
      readOnlyHint: isReading,
      destructiveHint: method === 'DELETE',
      idempotentHint: isReading || method === 'PUT' || method === 'DELETE',
      // A tool reaches this site only.
      openWorldHint: false,
      ...tool.annotations,
    },
  };
}
