import { ValetkeyError } from '@valetkey/protocol';
import type { Refusal } from '@valetkey/server';
import { type Endpoint, listGrantableScopes, type Provider } from '@valetkey/server/extension';
import { answerMessage } from './answer-message.ts';
import { type Engine, loadEngine } from './engine/engine.ts';
import { isOwnOrigin } from './gate/is-own-origin.ts';
import { findMessageFault, type Message, readMessage } from './gate/json-rpc.ts';
import { readJson } from './gate/read-json.ts';
import { readToken } from './gate/read-token.ts';
import { refuseMessage } from './gate/refuse-message.ts';
import { findCallRefusal, verifySender } from './gate/verify-message.ts';
import type { McpParts } from './mcp-parts.ts';
import { recordCall } from './record-call.ts';
import { listEnabledTools } from './tools/define-tools.ts';
import { findCall } from './tools/find-call.ts';

/**
 * Creates `POST /mcp`. The order is fixed: setting, origin, token, limits, body, scopes. Only then does the
 * `Engine`, which speaks MCP, receive the message. It therefore receives verified messages only.
 */
export function createPostMessage(parts: McpParts): Endpoint {
  const { tools, matchRoute, resource } = parts;
  let loading: Promise<Engine> | null = null;

  const post: Endpoint = async ({ raw, context, ipAddress }, provider) => {
    const refuse = (refusal: Refusal, message: Message | null = null, granted: readonly string[] = []) =>
      refuseMessage(refusal, message, {
        metadataUrl: parts.metadataUrl,
        scopes: defaultScopes(provider),
        granted,
      });
    const closed = findClosed(raw, provider);
    if (closed) return refuse(closed);
    const token = readToken(raw.headers);
    if (token === null) return refuse(new ValetkeyError('token_missing'));

    const presented = { token, ipAddress, userAgent: raw.headers.get('user-agent'), resource };
    const sender = await verifySender(presented, provider);
    if ('code' in sender) return refuse(sender);
    const body = await readJson(raw, context.parsedBody);
    const message = body.kind === 'json' ? readMessage(body.value) : null;
    // Admins may have changed the settings since the first bytes of the body.
    const closedMeanwhile = findClosed(raw, provider);
    if (closedMeanwhile) return refuse(closedMeanwhile, message);
    const fault = findMessageFault(body, message);
    if (fault || body.kind !== 'json') return fault as Response;

    loading ??= loadEngine(parts.identity);
    const engine = await loading;
    const enabled = {
      tools: listEnabledTools(tools, provider.settings.current()),
      matchRoute,
      validate: engine.validate,
    };
    const asked = await findCall(message, enabled);
    const refusal =
      asked.kind === 'call' ? await findCallRefusal(asked.call, presented, sender, provider) : null;
    if (refusal && asked.kind === 'call') {
      await recordCall(asked.tool.name, `refused (${refusal.code})`, sender, provider);
      return refuse(refusal, message, sender.key.scopes);
    }
    const answered = await answerMessage({ raw, body: body.value, asked, sender }, engine, parts, provider);
    return answered instanceof Response ? answered : refuse(answered, message, sender.key.scopes);
  };
  return Object.assign(post, { readsRequest: true });
}

/** `OPTIONS /mcp`. Preflight requests of listed origins are answered before they get here. */
export const showMethods: Endpoint = async ({ raw }, provider) => {
  const closed = findClosed(raw, provider);
  if (closed) throw closed;
  return new Response(null, { status: 204, headers: { Allow: 'POST, OPTIONS' } });
};

/** Returns why nobody can use the endpoint from here, whatever the token. */
function findClosed({ headers }: Request, { settings, site }: Provider): ValetkeyError | null {
  const { allow_mcp, cors_origins } = settings.current();
  if (!allow_mcp) return new ValetkeyError('not_found');
  return isOwnOrigin(headers.get('origin'), site.baseUrl, cors_origins)
    ? null
    : new ValetkeyError('origin_not_allowed');
}

/** The scopes that a client should request first. */
function defaultScopes({ settings, scopes }: Provider): string[] {
  const grantable = listGrantableScopes(settings.current(), scopes);
  return settings.current().oauth_default_scopes.filter((name) => grantable.includes(name));
}
