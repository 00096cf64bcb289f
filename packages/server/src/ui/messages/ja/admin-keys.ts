import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The pages about admin keys. */
export const adminKeys = (format: Format): Messages['adminKeys'] => ({
  title: '管理者キー',
  create: '管理者キーを作成',
  meaning:
    '自分のスクリプトで使うためのキーです。管理者キーを持つ人は誰でも、対象のユーザーとして操作できます。各キーには必要なアクセスだけを与えてください。',
  none: '有効なキーはありません',
  active: '有効',
  revoked: '取り消し済み',
  older: '以前のもの',
  actsAs: '操作時のユーザー',
  anyUser: '任意のユーザー',
  startsWith: 'キーの先頭',
  created: '作成',
  createdBy: ({ day, user }) => html`${day}、${user}`,
  lastUsed: '最終使用',
  revoke: '取り消す',
  revokeKey: ({ description }) => `取り消す: ${description}`,
  undo: '元に戻す',
  undoKey: ({ description }) => `元に戻す: ${description}`,
  delete: '完全に削除',
  deleteKey: ({ description }) => `完全に削除: ${description}`,
  modes: {
    global: '対象のユーザーがアクセスできるものすべてへの全面的なアクセス',
    read_only: '対象のユーザーが読めるものすべての読み取り（変更は不可）',
    granular: '選択したスコープのみ',
  },
  unknownScope: 'アクセスなし: このサイトにこのスコープはもうありません',
  onlyWith: ({ parameter, values }) => html`${parameter} が <bdi>${format.list(values)}</bdi> の場合のみ`,
  form: {
    title: '新しい管理者キー',
    heading: '管理者キーを作成',
    description: '説明',
    descriptionHint: 'キーの用途。取り消すと何が動かなくなるかがわかるように書いてください。',
    username: 'ユーザー',
    usernameHint:
      'このキーによる操作は、このユーザーとして行われます。空欄の場合、リクエストごとに任意のユーザーを指定します。',
    access: 'アクセス',
    scopes: 'スコープ',
    scopesHint:
      '「選択したスコープのみ」の場合に使います。値をカンマで区切ると、スコープはその値だけを許可します。空欄の場合は、すべての値を許可します。',
    onlyIf: ({ parameter }) => `${parameter} を次の値に限定`,
    scopeOnlyIf: ({ scope, parameter }) => `${scope}: ${parameter} を次の値に限定`,
    create: 'キーを作成',
    allKeys: 'すべての管理者キー',
  },
  createdKey: {
    title: '新しい管理者キー',
    heading: ({ description }) => html`<bdi>${description}</bdi> の管理者キー`,
    onlyNow:
      'キーが表示されるのは1回だけです。今すぐスクリプトにコピーしてください。ほかの人が入手できるウェブページやアプリには、決して入れないでください。',
    access: 'アクセス',
    allKeys: 'すべての管理者キー',
  },
});
