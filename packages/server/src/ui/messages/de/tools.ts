import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The page on which admins turn tools for agents off. */
export const tools: Messages['tools'] = {
  title: 'Tools für Agenten',
  meaning:
    'Agenten rufen diese Tools über MCP auf, mit den Berechtigungen, die ein Nutzer ihnen gegeben hat. Ein ausgeschaltetes Tool können sie weder sehen noch aufrufen.',
  allOff: ({ setting }) => html`Kein Agent kann diese Website verwenden: ${setting} ist aus.`,
  off: 'Aus',
  allow: ({ tool }) => html`Agenten können ${tool} verwenden`,
  route: 'Methode und Route',
  requiredScope: 'Erforderlicher Scope',
  anyScope: 'Einer dieser Scopes',
  calls: ({ tool }) => html`Aufrufe<span class="unseen"> von ${tool}</span> im Auditprotokoll`,
};
