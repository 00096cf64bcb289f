import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The consent page of OAuth clients, and their grants on the page of apps. */
export const oauth: Messages['oauth'] = {
  callsItself: ({ app }) => html`アプリは「<bdi>${app}</bdi>」と名乗っています。`,
  describedBy: ({ host }) =>
    html`この名前は誰も確認していません。確かなのはアドレス <code>${host}</code> だけです。`,
  anyoneOnThisComputer:
    'このコンピューター上のほかのプログラムによって、ここへ誘導されたのではありません。この名前はどのプログラムでも使えます。',
  otherComputer:
    'アプリが別のコンピューターで動作している場合、ブラウザーからは接続できません。拒否して、アプリ側でコードによるログインを選んでください。承認後にブラウザーに表示されるアドレスは、絶対にコピーしないでください。アカウントへのアクセスが可能になります。',
  refusedScopes: ({ scopes }) =>
    html`アプリは ${scopes} も要求しましたが、このサイトではアプリに許可されていません。`,
  answerSentTo: ({ destination }) => html`承認すると、ブラウザーは次の宛先に応答を送信します: ${destination}`,
  signIn: 'アプリに伝わる情報',
  identity: {
    openid: 'このサイトにアカウントがあること（ログインに使われます）',
    profile: '名前とプロフィール画像',
    email: 'メールアドレス',
  },
  connected: '既存の接続（開始日）',
  replace: 'このアプリの以前の接続を解除する',
  nextTime: '次回から',
  remember: '接続を解除するまで、確認なしでこのアプリにログインする',
  approved: '接続日時',
  clientId: 'クライアント ID',
  signOut: {
    title: ({ site }) => `${site} からログアウト`,
    question: ({ site }) => html`アプリが <bdi>${site}</bdi> からのログアウトを求めています。`,
    ownQuestion: ({ site }) => html`<bdi>${site}</bdi> からログアウトしますか？`,
    meaning: '接続済みのアプリのアクセスは維持されます。',
    button: 'ログアウト',
    done: 'ログアウトしました',
    doneMeaning: 'このページは閉じてかまいません。',
  },
};
