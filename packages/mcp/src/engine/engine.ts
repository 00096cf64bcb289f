import type { Tool as McpTool } from '@modelcontextprotocol/server';
import type { ListedTool } from '../tools/list-tools.ts';
import type { ToolResult } from '../tools/run-call.ts';
import type { ObjectSchema, ToolInput } from '../tools/tool.ts';

/** What the server answers for one message, decided before the message reaches the protocol. */
export interface Answers {
  readonly tools: readonly ListedTool[];
  /** Runs the call of this message. `failed`, or a thrown error, becomes a JSON-RPC error without details. */
  call(): Promise<ToolResult | 'unknown_tool' | 'failed'>;
}

/** The protocol: revisions, headers, framing and status codes of MCP. */
export interface Engine {
  /** Responds to one message of an accepted client. Keeps nothing between messages. */
  respond(request: Request, message: unknown, answers: Answers): Promise<Response>;
  /** Returns the input if it is valid by the schema. @throws Error with a sentence for the model */
  validate(schema: ObjectSchema, input: unknown): Promise<ToolInput>;
}

/** How the server names itself. */
export interface ServerIdentity {
  readonly name: string;
  readonly version: string;
  /** Shown to the model of each client. */
  readonly instructions: string;
}

const CACHE_SECONDS = 60;

/** Loads the official server package, which only sites with agents need. */
export async function loadEngine({ name, version, instructions }: ServerIdentity): Promise<Engine> {
  const mcp = await import('@modelcontextprotocol/server');
  const validators = new WeakMap<ObjectSchema, ReturnType<typeof mcp.fromJsonSchema>>();

  function createServer({ tools, call }: Answers) {
    const server = new mcp.Server(
      { name, version },
      {
        instructions,
        // Without this the client keeps a stream open for changes, and a stream outlasts its key.
        capabilities: { tools: { listChanged: false } },
        cacheHints: { 'tools/list': { ttlMs: CACHE_SECONDS * 1000, cacheScope: 'private' } },
      },
    );
    server.setRequestHandler('tools/list', () => ({ tools: tools as unknown as McpTool[] }));
    server.setRequestHandler('tools/call', async () => {
      const result = await call().catch(() => 'failed' as const);
      const { InternalError, InvalidParams } = mcp.ProtocolErrorCode;
      if (result === 'failed') throw new mcp.ProtocolError(InternalError, 'The site failed.');
      if (result === 'unknown_tool') {
        throw new mcp.ProtocolError(InvalidParams, 'This site has no tool with this name. List the tools.');
      }
      return { ...result, content: [...result.content] };
    });
    return server;
  }

  return {
    async respond(request, message, answers) {
      // One server for each message, so that an answer can never reach another client.
      if (!(await mcp.isLegacyRequest(request, message))) {
        const handler = mcp.createMcpHandler(() => createServer(answers), { legacy: 'reject' });
        return handler.fetch(request, { parsedBody: message });
      }
      const server = createServer(answers);
      const transport = new mcp.WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
      await server.connect(transport);
      try {
        return await transport.handleRequest(request, { parsedBody: message });
      } finally {
        await server.close();
      }
    },
    async validate(schema, input) {
      const known = validators.get(schema) ?? mcp.fromJsonSchema({ ...schema });
      validators.set(schema, known);
      const { issues, value } = (await known['~standard'].validate(input)) as {
        issues?: readonly { message: string }[];
        value?: ToolInput;
      };
      if (issues) throw new Error(`The input is invalid: ${issues.map(({ message }) => message).join('; ')}`);
      return value ?? {};
    },
  };
}
