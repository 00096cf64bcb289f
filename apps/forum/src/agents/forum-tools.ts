import { type DefinedTools, defineTools } from '@valetkey/mcp';
import type { RouteDefinition } from '@valetkey/server';
import type { Route } from '../http/route.ts';
import { ROUTE_TABLE } from '../routes/route-table.ts';
import { postTools } from './post-tools.ts';
import { topicTools } from './topic-tools.ts';
import { userTools } from './user-tools.ts';

/** Returns a route without the patterns that Hono allows behind a parameter, such as `:id{[0-9]+}`. */
const toDefinition = ({ name, method, path, json }: Route): RouteDefinition => ({
  name,
  method,
  path: path.replaceAll(/\{[^}]*\}/g, ''),
  ...(json && { formats: ['json'] }),
});

/** Returns the tools of the forum. @throws Error if a tool does not fit its route */
export const createForumTools = (): DefinedTools =>
  defineTools({ routes: ROUTE_TABLE.map(toDefinition), tools: [...topicTools, ...postTools, ...userTools] });
