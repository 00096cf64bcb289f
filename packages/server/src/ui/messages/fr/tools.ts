import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The page on which admins turn tools for agents off. */
export const tools: Messages['tools'] = {
  title: 'Outils pour agents',
  meaning:
    'Les agents appellent ces outils par MCP, avec les permissions qu’un utilisateur leur a données. Ils ne peuvent ni voir ni appeler un outil désactivé.',
  allOff: ({ setting }) => html`Aucun agent ne peut utiliser ce site : ${setting} est désactivé.`,
  off: 'Désactivé',
  allow: ({ tool }) => html`Les agents peuvent utiliser ${tool}`,
  route: 'Méthode et route',
  requiredScope: 'Scope nécessaire',
  anyScope: 'L’un de ces scopes',
  calls: ({ tool }) => html`Appels<span class="unseen"> de ${tool}</span> dans le journal d’audit`,
};
