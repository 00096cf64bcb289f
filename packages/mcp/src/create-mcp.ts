import type { Extension } from '@valetkey/server';
import { createToolPages } from './admin/admin-tools.ts';
import { createPostMessage, showMethods } from './mcp-endpoint.ts';
import type { DefinedTools } from './tools/define-tools.ts';
import type { ServeRequest } from './tools/run-call.ts';
import { listAgentScopes, requireScopes } from './tools/tool-scopes.ts';

/** The options of `createMcp`. */
export interface McpOptions {
  readonly tools: DefinedTools;
  /**
   * Handles the HTTP request of a tool call. Pass it unchanged to the router of the site, which must verify it with
   * `authorize` like any other request.
   */
  readonly serve: ServeRequest;
  /** Added to the instructions that each client shows to its model. @default none */
  readonly instructions?: string;
}

/** The path of the endpoint below the base URL, and of the resource that tokens are issued for. */
const MCP_PATH = '/mcp';

/**
 * Creates the MCP endpoint of a site, `POST /mcp` (PROTOCOL.md#mcp). Needs `createOauth({ resources: ['/mcp'] })`, which
 * issues the tokens, and the package `@modelcontextprotocol/server`.
 *
 * @example
 * ```ts
 * const valetkey = await createValetkey({
 *   site,
 *   store,
 *   extensions: [createOauth({ resources: ['/mcp'] }), createMcp({ tools, serve: (request) => app.fetch(request) })],
 * });
 * ```
 */
export function createMcp({ tools, serve, instructions = '' }: McpOptions): Extension {
  return {
    agentResource: MCP_PATH,
    agentScopes: (settings, scopes) => listAgentScopes(tools.tools, settings, scopes),
    servesToolsPage: tools.tools.length > 0,
    start(provider) {
      const { resourceMetadataUrl, site, scopes } = provider;
      if (resourceMetadataUrl === null) {
        throw new Error(
          `MCP needs OAuth: add createOauth({ resources: ['${MCP_PATH}'] }) to the extensions.`,
        );
      }
      requireScopes(tools.tools, scopes);
      const post = createPostMessage({
        ...tools,
        serve,
        metadataUrl: resourceMetadataUrl + MCP_PATH,
        resource: MCP_PATH,
        identity: {
          name: site.name,
          version: '1',
          instructions:
            `These tools act for a user of ${site.name}. If a call is refused with insufficient_scope, ask the user for that scope. ${instructions}`.trim(),
        },
      });
      return {
        endpoints: { [MCP_PATH]: { OPTIONS: showMethods, POST: post } },
        adminPages: createToolPages(tools.tools),
      };
    },
  };
}
