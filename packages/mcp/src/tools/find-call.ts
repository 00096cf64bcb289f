import type { RouteMatcher } from '@valetkey/server';
import type { Message } from '../gate/json-rpc.ts';
import type { DefinedTool } from './define-tools.ts';
import { type PreparedCall, prepareCall } from './prepare-call.ts';
import type { ObjectSchema, ToolInput } from './tool.ts';

/** What a message asks for: a call, a call with an unusable input, or anything else. */
export type Asked =
  | { readonly kind: 'call'; readonly tool: DefinedTool; readonly call: PreparedCall }
  | { readonly kind: 'invalid'; readonly tool: DefinedTool; readonly sentence: string }
  | { readonly kind: 'other' };

/** Returns what a message asks for. The name of an unknown tool counts as anything else. */
export async function findCall(
  message: Message | null,
  {
    tools,
    matchRoute,
    validate,
  }: {
    readonly tools: readonly DefinedTool[];
    readonly matchRoute: RouteMatcher;
    validate(schema: ObjectSchema, input: unknown): Promise<ToolInput>;
  },
): Promise<Asked> {
  if (message?.method !== 'tools/call') return { kind: 'other' };
  const { name, arguments: input = {} } = message.params;
  const tool = tools.find((each) => each.name === name);
  if (!tool) return { kind: 'other' };
  try {
    return { kind: 'call', tool, call: prepareCall(tool, await validate(tool.input, input), matchRoute) };
  } catch (error) {
    return { kind: 'invalid', tool, sentence: (error as Error).message };
  }
}
