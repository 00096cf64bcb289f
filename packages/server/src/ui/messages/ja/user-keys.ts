import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page on which an admin finds and revokes the keys of all users. */
export const userKeys = (format: Format): Messages['userKeys'] => ({
  title: 'ユーザーのキー',
  meaning: 'すべてのユーザーの有効なキーです。OAuth アプリの接続は別の種類として扱います。',
  user: 'ユーザー',
  name: 'アプリ名',
  clientId: 'クライアント ID',
  redirect: 'リダイレクト',
  scope: '権限',
  kind: '種類',
  unusedDays: '未使用の日数',
  expiresDays: '期限までの日数',
  any: 'すべて',
  show: '表示',
  showAll: 'すべて表示',
  none: '一致するキーはありません。',
  older: '以前のもの',
  export: 'CSV でダウンロード',
  select: ({ app, user }) => `${user} の ${app} を選択`,
  columns: {
    app: 'アプリ',
    user: 'ユーザー',
    permissions: '権限',
    lastUsed: '最終使用',
    expires: '有効期限',
  },
  by: ({ kind, created }) => html`${kind}、${created}から`,
  revokeSelected: '選択したキーを取り消す',
  revokeMatching: ({ count }) => format.plural(count, { other: 'このページの#個のキーをすべて取り消す' }),
  revokeMeaning: '取り消したキーはすぐに使えなくなります。復元できるのは管理者だけです。',
  revokeConnectionsMeaning: '取り消した接続はすぐに終了します。アプリは接続し直す必要があります。',
  revoked: ({ count }) => format.plural(count, { other: '#個のキーを取り消しました。' }),
});
