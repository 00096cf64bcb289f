import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page that explains which redirects a pattern allows. */
export const redirects = (format: Format): Messages['redirects'] => ({
  title: 'リダイレクト',
  meaning: ({ setting }) =>
    html`リダイレクトは、アプリの暗号化されたキーを受け取る URL です。このサイトが許可するものは ${setting} にあります。追加または削除する前に、ここでパターンを試してください。`,
  pattern: 'パターン',
  patternHint: '例: https://app.example/callback、https://app.example/app/*、myapp://callback',
  show: '説明を表示',
  allows: '許可される内容',
  reach: 'キーを受け取れる相手',
  reaches: {
    device: 'ユーザーのデバイス上のアプリ。デバイス上のどのアプリでも、同じリンクの受け取り先になれます。',
    computer: 'ユーザーのコンピューター上のプログラムのみ。',
    page: '1つのサイトの1つのページ: ウェブアプリのための最も範囲の狭いパターンです。',
    path: '1つのサイトの複数のページ。',
    site: '1つのサイトのすべてのページ。',
    subdomains: 'ドメインのすべてのサブドメイン。',
    everything: 'すべての相手。',
  },
  matches: '許可するもの',
  refuses: '許可しないもの',
  safer: 'より安全なパターン',
  saferByApps: '現在これを使っているアプリに必要なのは、次のものだけです。',
  saferQuery: 'アプリがリダイレクトにクエリを付ける場合は、パターンの末尾を ?* にしてください',
  saferNone: '同じアプリに必要な範囲を満たす、より狭いパターンはありません。',
  saferUnknown: 'アプリが使う正確な URL（https://app.example/callback など）',
  apps: '現在これを使っているアプリ',
  app: 'アプリ',
  redirect: 'リダイレクト',
  activeKeys: '有効なキー',
  noApps:
    'このパターンが許可するリダイレクトで受け取られた、有効なキーはありません。リダイレクトの保存が始まる前に承認されたキーは含まれません。',
  listed: 'このパターンは設定にあります。',
  removeMeaning: ({ count }) =>
    count === 0
      ? 'これがなくても、これらのアプリのリダイレクトはすべて別のパターンで許可されます。'
      : format.plural(count, {
          other: 'これがないと、#個のアプリは新しいキーを要求できません。既存のキーは引き続き使えます。',
        }),
  change: '設定の一覧を変更',
  add: 'このパターンを追加',
  addMeaning: '追加すると、どのアプリもこれらのリダイレクトに送られるキーを要求できます。',
  added: ({ pattern }) => html`設定に ${pattern} が追加されました。`,
  current: '設定のパターン',
  none: 'なし: アプリはコピー用にキーを表示するか、デバイスフローを使います。',
  appCount: ({ count }) => (count === 0 ? 'アプリなし' : format.plural(count, { other: 'アプリ#個' })),
  wanted: '登録済みアプリが求めるもの',
  wantedMeaning:
    '設定はこれらのアプリのリダイレクトを許可していません。ホストがそのアプリのものであることを確認してください。',
  allow: '許可',
  allowOf: ({ redirect, app }) => `${app} に ${redirect} を許可`,
});
