import type { Refusal } from '@valetkey/server';
import { rateLimitHeaders } from '@valetkey/server';
import type { Provider } from '@valetkey/server/extension';
import type { Engine } from './engine/engine.ts';
import type { Sender } from './gate/verify-message.ts';
import type { McpParts } from './mcp-parts.ts';
import { recordCall } from './record-call.ts';
import type { Asked } from './tools/find-call.ts';
import { listTools } from './tools/list-tools.ts';
import { failed, type Ran, runCall } from './tools/run-call.ts';

/** A message with a verified token. */
export interface VerifiedMessage {
  readonly raw: Request;
  /** The parsed body. */
  readonly body: unknown;
  readonly asked: Asked;
  readonly sender: Sender;
}

/** Passes a message to the MCP server package, and records a tool call. Returns a refusal if the site's own verification refuses. */
export async function answerMessage(
  { raw, body, asked, sender }: VerifiedMessage,
  engine: Engine,
  { tools, serve, resource }: McpParts,
  provider: Provider,
): Promise<Response | Refusal> {
  const { counted, ipAddress } = sender;
  const { baseUrl } = provider.site;
  async function run(): Promise<Ran | null> {
    if (asked.kind === 'other') return null;
    if (asked.kind === 'invalid') return { kind: 'result', status: 400, result: failed(asked.sentence) };
    return runCall(asked.call, { raw, ipAddress, baseUrl, serve, resource, counted });
  }
  let ran: Promise<Ran | null> | null = null;
  const response = await engine.respond(raw, body, {
    tools: listTools(tools, sender.key.scopes, provider),
    async call() {
      ran = run();
      const done = await ran;
      if (done === null) return 'unknown_tool';
      return done.kind === 'result' ? done.result : 'failed';
    },
  });
  // An error of the site's code rejects here, so that the site reports it.
  const done = (await ran) as Ran | null;
  if (done && asked.kind !== 'other') await recordCall(asked.tool.name, describe(done), sender, provider);
  if (done?.kind === 'refused') return done.refusal;
  return withHeaders(response, rateLimitHeaders(counted.limits, counted.remaining));
}

function describe(ran: Ran): string {
  if (ran.kind === 'refused') return `refused (${ran.refusal.code})`;
  if (ran.kind === 'site_failed') return 'failed';
  return ran.result.isError ? `failed (${ran.status})` : 'succeeded';
}

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  const copy = new Response(response.body, response);
  for (const [name, value] of Object.entries({ 'Cache-Control': 'no-store', ...headers }))
    copy.headers.set(name, value);
  return copy;
}
