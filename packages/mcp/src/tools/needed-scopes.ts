import type { RoutePermission, ScopeDefinitions } from '@valetkey/server';
import { isPermitted, permissionsOf } from '@valetkey/server/extension';
import type { DefinedTool } from './define-tools.ts';
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

/** @throws Error that names a tool which no scope of the site permits */
export function requireScopes(tools: readonly DefinedTool[], definitions: ScopeDefinitions): void {
  const closed = tools.find((tool) => listNeededScopes(tool, definitions).length === 0);
  if (closed)
    throw new Error(`The tool “${closed.name}” cannot be used: no scope permits its route ${closed.route}.`);
}
