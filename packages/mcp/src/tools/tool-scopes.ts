import type { RoutePermission, ScopeDefinitions, Settings } from '@valetkey/server';
import { isPermitted, listGrantableScopes, permissionsOf } from '@valetkey/server/extension';
import { type DefinedTool, listEnabledTools } from './define-tools.ts';
import { formatOf } from './prepare-call.ts';

/**
 * Returns whether these scopes permit some call of this tool. A permission for certain values of a parameter counts:
 * the verifier compares them in each call.
 */
export function canCall(
  tool: DefinedTool,
  scopes: readonly string[],
  definitions: ScopeDefinitions,
): boolean {
  const permissions = permissionsOf(scopes, definitions).map(withoutParameters);
  const format = formatOf(tool);
  const route = { name: tool.route, ...(format !== undefined && { format }) };
  return isPermitted(permissions, tool.method, route, null);
}

function withoutParameters({ parameters: _, ...permission }: RoutePermission): RoutePermission {
  return permission;
}

/** Returns the scopes that permit a call of this tool, in the order of their definition. */
export const listNeededScopes = (tool: DefinedTool, definitions: ScopeDefinitions): string[] =>
  Object.keys(definitions).filter((scope) => canCall(tool, [scope], definitions));

/**
 * Returns the scopes that an agent needs for all tools: for each tool that is on, the first scope that the site grants. A
 * site defines the least one first.
 */
export function listAgentScopes(
  tools: readonly DefinedTool[],
  settings: Settings,
  definitions: ScopeDefinitions,
): string[] {
  const grantable = listGrantableScopes(settings, definitions);
  const needed = listEnabledTools(tools, settings).flatMap(
    (tool) => listNeededScopes(tool, definitions).find((scope) => grantable.includes(scope)) ?? [],
  );
  return Object.keys(definitions).filter((scope) => needed.includes(scope));
}

/** @throws Error that names a tool which no scope of the site permits */
export function requireScopes(tools: readonly DefinedTool[], definitions: ScopeDefinitions): void {
  const closed = tools.find((tool) => listNeededScopes(tool, definitions).length === 0);
  if (closed)
    throw new Error(`The tool “${closed.name}” cannot be used: no scope permits its route ${closed.route}.`);
}
