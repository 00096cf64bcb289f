import type { Provider } from '@valetkey/server/extension';
import type { Sender } from './gate/verify-message.ts';

/** Adds the call of a tool to the audit log: user, client, tool and outcome. Inputs and results are not recorded. */
export async function recordCall(
  tool: string,
  outcome: string,
  { key, user, ipAddress }: Sender,
  { store, now }: Pick<Provider, 'store' | 'now'>,
): Promise<void> {
  await store.appendAuditEvent({
    at: now(),
    action: 'mcp_tool_called',
    actorId: null,
    ownerId: user.id,
    keyId: key.kind === 'oauth' ? null : key.id,
    subject: `${key.applicationName}: ${tool} ${outcome}`,
    ipAddress,
  });
}
