import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The page on which admins turn tools for agents off. */
export const tools: Messages['tools'] = {
  title: 'エージェント用ツール',
  meaning:
    'エージェントは、ユーザーが与えた権限で、MCP を通じてこれらのツールを呼び出します。オフのツールは、見ることも呼び出すこともできません。',
  allOff: ({ setting }) => html`どのエージェントもこのサイトを使えません。${setting} がオフです。`,
  off: 'オフ',
  allow: ({ tool }) => html`エージェントに ${tool} の使用を許可する`,
  route: 'メソッドとルート',
  requiredScope: '必要なスコープ',
  anyScope: '次のいずれかのスコープ',
  calls: ({ tool }) => html`監査ログで<span class="unseen">${tool} の</span>呼び出しを見る`,
};
