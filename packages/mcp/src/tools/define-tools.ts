import { createRouteMatcher, type RouteDefinition, type RouteMatcher, type Settings } from '@valetkey/server';
import type { Tool } from './tool.ts';

const NAME = /^[a-z0-9_]{1,64}$/;

/** A tool with its route. */
export interface DefinedTool extends Tool {
  readonly definition: RouteDefinition;
}

/** The tools of a site, sorted by name, and the matcher of its routes. */
export interface DefinedTools {
  readonly tools: readonly DefinedTool[];
  readonly matchRoute: RouteMatcher;
}

/** The routes of a site, and its tools. */
export interface ToolDefinitions {
  /** All routes of the site, without the base path. A path with an argument of a tool is then never matched as another route. */
  readonly routes: readonly RouteDefinition[];
  readonly tools: readonly Tool[];
}

/**
 * Validates the tools of a site at the start. The scopes that a tool needs are not declared: they follow from its route
 * and the scopes of the site. `createMcp` rejects a tool that no scope permits.
 *
 * @throws Error that names the tool and the mistake
 * @example
 * ```ts
 * const tools = defineTools({
 *   routes: [{ name: 'photos#show', method: 'GET', path: '/photos/:id', formats: ['json'] }],
 *   tools: [
 *     {
 *       name: 'show_photo',
 *       title: 'Show a photo',
 *       description: 'Returns the caption and the URL of a photo.',
 *       route: 'photos#show',
 *       method: 'GET',
 *       input: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
 *       toRequest: ({ id }) => ({ parameters: { id } }),
 *     },
 *   ],
 * });
 * ```
 */
export function defineTools({ routes, tools }: ToolDefinitions): DefinedTools {
  const matchRoute = createRouteMatcher(routes);
  const defined = tools.map((tool, index): DefinedTool => {
    const definition = routes.find(
      ({ name, path, method }) =>
        (name ?? path) === tool.route && method === tool.method && path === (tool.path ?? path),
    );
    const isTwice = tools.findIndex(({ name }) => name === tool.name) !== index;
    const fault = isTwice ? 'two tools have this name' : findFault(tool, definition);
    if (fault !== null || !definition) throw new Error(`The tool “${tool.name}” cannot be used: ${fault}.`);
    return { ...tool, definition };
  });
  return { tools: defined.toSorted((a, b) => (a.name < b.name ? -1 : 1)), matchRoute };
}

/** Returns the tools that no admin has turned off. */
export const listEnabledTools = (
  tools: readonly DefinedTool[],
  { mcp_disabled_tools }: Pick<Settings, 'mcp_disabled_tools'>,
): readonly DefinedTool[] => tools.filter(({ name }) => !mcp_disabled_tools.includes(name));

/** Trusts no type: definitions may come from JavaScript. */
function findFault(tool: Tool, definition: RouteDefinition | undefined): string | null {
  const { name, title, description, route, method, format, input, output } = tool;
  if (!NAME.test(name)) return 'its name must have 1 to 64 characters of a–z, 0–9 and _';
  if (!isText(title) || !isText(description)) return 'it has no title or no description';
  if (!definition)
    return `there is no route ${route} with the method ${method}${tool.path ? ` and the path ${tool.path}` : ''}`;
  if (format !== undefined && !definition.formats?.includes(format))
    return `its route has no format ${format}`;
  for (const schema of [input, output ?? input]) {
    if (schema?.type !== 'object') return 'its input and its output need a schema with the type object';
  }
  const unknown = input.required?.find((field) => !Object.hasOwn(input.properties ?? {}, field));
  if (unknown !== undefined) return `its input requires ${unknown}, which is not a property`;
  return typeof tool.toRequest === 'function' ? null : 'it has no function toRequest';
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
