import type { MatchedRoute, RouteMatcher } from '@valetkey/server';
import type { DefinedTool } from './define-tools.ts';
import type { ToolInput, ToolRequest } from './tool.ts';

/** A call that can be verified: its tool, its request and the route of that request. */
export interface PreparedCall {
  readonly tool: DefinedTool;
  readonly input: ToolInput;
  readonly route: MatchedRoute;
  /** Path and query below the base URL. */
  readonly path: string;
  readonly body: ToolRequest['body'];
}

/** Returns the format of the tool's requests: its own, else `json` if its route has it. */
export const formatOf = ({ format, definition: { formats = [] } }: DefinedTool): string | undefined =>
  format ?? formats.find((each) => each === 'json');

/**
 * Returns the request of a call with valid input.
 *
 * @throws Error with a sentence for the model if there is no such request
 */
export function prepareCall(tool: DefinedTool, input: ToolInput, matchRoute: RouteMatcher): PreparedCall {
  const { parameters = {}, query = {}, body } = tool.toRequest(input);
  const path = buildPath(tool, parameters) + buildQuery(query);
  const route = matchRoute({ method: tool.method, url: path });
  // The path of another route, or one that two routers could read differently.
  if (route?.name !== tool.route)
    throw new Error(`A value of the input cannot be part of a URL: ${tool.name}.`);
  return { tool, input, route, path, body };
}

function buildPath(tool: DefinedTool, parameters: NonNullable<ToolRequest['parameters']>): string {
  const { path } = tool.definition;
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
  const format = formatOf(tool);
  return format === undefined ? filled : `${filled}.${format}`;
}

function buildQuery(query: NonNullable<ToolRequest['query']>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
