import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The page on which admins turn tools for agents off. */
export const tools: Messages['tools'] = {
  title: 'أدوات الوكلاء',
  meaning:
    'يستدعي الوكلاء هذه الأدوات عبر MCP بالأذونات التي منحها لهم مستخدم. لا يمكنهم رؤية أداة معطّلة ولا استدعاؤها.',
  allOff: ({ setting }) => html`لا يمكن لأي وكيل استخدام هذا الموقع: ${setting} معطّل.`,
  off: 'معطّلة',
  allow: ({ tool }) => html`يمكن للوكلاء استخدام ${tool}`,
  route: 'الطريقة والمسار',
  requiredScope: 'النطاق المطلوب',
  anyScope: 'أحد هذه النطاقات',
  calls: ({ tool }) => html`الاستدعاءات<span class="unseen"> للأداة ${tool}</span> في سجل التدقيق`,
};
