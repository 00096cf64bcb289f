import { html } from 'hono/html';
import type { Html } from '../../html.ts';

/** The page on which admins turn tools for agents off. */
export const tools = {
  title: 'Tools for agents',
  meaning:
    'Agents call these tools over MCP, with the permissions that a user gave them. They can neither see nor call a tool that is off.',
  allOff: ({ setting }: { setting: Html }) => html`No agent can use this site: ${setting} is off.`,
  off: 'Off',
  allow: ({ tool }: { tool: Html }) => html`Agents can use ${tool}`,
  route: 'Method and route',
  requiredScope: 'Required scope',
  anyScope: 'One of these scopes',
  calls: ({ tool }: { tool: string }) => html`Calls<span class="unseen"> of ${tool}</span> in the audit log`,
};
