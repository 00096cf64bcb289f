export { createMcp, type McpOptions } from './create-mcp.ts';
export {
  type DefinedTool,
  type DefinedTools,
  defineTools,
  type ToolDefinitions,
} from './tools/define-tools.ts';
export type { ServeRequest } from './tools/run-call.ts';
export type { ObjectSchema, Tool, ToolAnnotations, ToolInput, ToolRequest } from './tools/tool.ts';
