import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The consent page of OAuth clients, and their grants on the page of apps. */
export const oauth: Messages['oauth'] = {
  callsItself: ({ app }) => html`アプリは「<bdi>${app}</bdi>」と名乗っています。`,
  describedBy: ({ host }) =>
    html`この名前は誰も確認していません。確かなのはアドレス <code>${host}</code> だけです。`,
  anyoneOnThisComputer:
    'ここへ来たのは、このコンピューター上のほかのプログラムからではありません。どのプログラムもこの名前を使えます。',
  refusedScopes: ({ scopes }) =>
    html`アプリは ${scopes} も要求しましたが、このサイトはアプリにこれを許可しません。`,
  answerSentTo: ({ destination }) => html`承認すると、ブラウザーが応答を送る先: ${destination}`,
  signIn: 'アプリが知ること',
  identity: {
    openid: 'ここにアカウントがあること（ログインのため）',
    profile: '名前と画像',
    email: 'メールアドレス',
  },
  connected: '接続済み（開始日時）',
  replace: 'このアプリの以前の接続を解除する',
  nextTime: '次回から',
  remember: '接続を解除するまで、確認なしでこのアプリにログインする',
  approved: '接続日時',
  clientId: 'クライアント ID',
  signOut: {
    title: ({ site }) => `${site} からログアウト`,
    question: ({ site }) => html`アプリが <bdi>${site}</bdi> からのログアウトを求めています。`,
    meaning: '接続済みのアプリのアクセスは維持されます。',
    button: 'ログアウト',
    done: 'ログアウトしました',
    doneMeaning: 'このページは閉じてかまいません。',
  },
};
