import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The page on which admins register and block OAuth clients. */
export const oauthClients: Messages['oauthClients'] = {
  title: 'OAuth クライアント',
  meaning:
    'OAuth または OpenID Connect によるログインを使うアプリです。URL で識別されるアプリは、ユーザーが承認するとここに表示されます。アクセスを終了させるには、アプリをブロックしてください。',
  none: 'OAuth クライアントはまだありません。',
  older: '以前のもの',
  registered: ({ app }) => html`<bdi>${app}</bdi> を登録しました。次の値をアプリに入力してください。`,
  secretOnlyNow: 'クライアントシークレット（今だけ表示されます）',
  copySecret: 'シークレットをコピー',
  kinds: {
    registered: '管理者が登録しました。',
    dynamic: 'アプリ自身が登録しました。名前は誰も確認していません。',
    document: 'メタデータの URL で識別されます。名前は誰も確認していません。',
  },
  blocked: 'ブロック中',
  blockEverywhere: ({ app }) => html`<span class="unseen">${app} を</span>サイト全体でブロック…`,
  blockedEverywhere: ({ value, reason }) =>
    html`<bdi>${value}</bdi> のブロックにより、このアプリはサイト全体で停止しています:「<bdi>${reason}</bdi>」。`,
  clientId: 'クライアント ID',
  redirects: 'リダイレクト',
  authentication: '認証',
  public: 'なし（PKCE あり）',
  confidential: 'クライアントシークレット（PKCE あり）',
  withoutPkce: 'クライアントシークレット（PKCE は任意）',
  since: '開始日時',
  activeGrants: '有効な接続',
  block: 'ブロック',
  unblock: 'ブロックを解除',
  refresh: 'メタデータを再読み込み',
  delete: '削除',
  deleteMeaning:
    'アクセスはすぐに終了します。URL を持つアプリは再び承認できるため、使えないようにするにはブロックしてください。',
  form: {
    heading: 'クライアントを登録',
    name: '名前',
    redirects: 'リダイレクト URL',
    redirectsHint:
      'アプリが送るとおりに、1行に1つ入力します。http://127.0.0.1/callback はすべてのポートを許可します。',
    afterSignOut: 'ログアウト後の戻り先の URL（アプリが使う場合）。1行に1つ入力します。',
    kind: 'どこで動作しますか？',
    public: 'ユーザーのデバイスまたはブラウザー: シークレットを安全に保管できません。',
    confidential: 'サーバー: シークレットを受け取ります。',
    withoutPkce: 'PKCE に対応していないソフトウェアを使うサーバー: シークレットを受け取ります。',
    register: '登録',
  },
};
