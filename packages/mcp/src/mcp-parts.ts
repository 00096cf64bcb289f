import type { ServerIdentity } from './engine/engine.ts';
import type { DefinedTools } from './tools/define-tools.ts';
import type { ServeRequest } from './tools/run-call.ts';

/** The parts of an MCP endpoint, known at the start. */
export interface McpParts extends DefinedTools {
  readonly serve: ServeRequest;
  /** The path of the resource below the base URL. */
  readonly resource: string;
  /** The metadata of the resource (RFC 9728). */
  readonly metadataUrl: string;
  readonly identity: ServerIdentity;
}
