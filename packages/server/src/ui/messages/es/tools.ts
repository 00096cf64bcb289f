import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The page on which admins turn tools for agents off. */
export const tools: Messages['tools'] = {
  title: 'Herramientas para agentes',
  meaning:
    'Los agentes llaman a estas herramientas por MCP, con los permisos que un usuario les dio. No pueden ver ni llamar una herramienta desactivada.',
  allOff: ({ setting }) => html`Ningún agente puede usar este sitio: ${setting} está desactivado.`,
  off: 'Desactivada',
  allow: ({ tool }) => html`Los agentes pueden usar ${tool}`,
  route: 'Método y ruta',
  requiredScope: 'Ámbito necesario',
  anyScope: 'Uno de estos ámbitos',
  calls: ({ tool }) => html`Llamadas<span class="unseen"> a ${tool}</span> en el registro de auditoría`,
};
