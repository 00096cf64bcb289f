import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The pages on which a user decides about a key or a one-time password. */
export const consent = (format: Format): Messages['consent'] => ({
  title: ({ app }) => `${app} を許可しますか？`,
  heading: ({ app }) => html`<bdi>${app}</bdi> にアカウントへのアクセスを許可しますか？`,
  unverifiedApp: '未確認のアプリ: この名前はアプリ自身が付けたものです。',
  unknown: {
    check: 'この名前は誰でも使えます。次のすべてに当てはまる場合にのみ承認してください。',
    started: ({ app }) => html`たった今、ご自分で <bdi>${app}</bdi> を起動しました。`,
    host: ({ app, host }) =>
      html`<code class="host">${host}</code> は <bdi>${app}</bdi> のウェブサイトのアドレスと1文字も違わず一致しています。`,
    needs: 'これらの権限はすべて、あなたがアプリでしたいことに必要なものです。',
  },
  scopes: 'アプリができるようになること',
  optionalScopes: '不要な権限は選択を解除できます。許可した権限の一覧がアプリに伝わります。',
  risks: { read: '読み取り', change: '変更', dangerous: '高リスク' },
  newScope: '新規',
  keySentTo: ({ destination }) => html`承認すると、ブラウザーは次の宛先にキーを送信します: ${destination}`,
  noExpiry: 'なし（取り消すまで有効）',
  expiry: ({ at, seconds }) => html`${at}（${format.duration(seconds)}後）`,
  earlier: '有効期限を早める',
  endsAfter: 'キーの有効期間',
  asRequested: 'アプリの要求どおり',
  replaces: '置き換えるキー',
  replacedKey: ({ approved, lastUsed }) =>
    lastUsed === null
      ? html`${approved}に承認したキー（未使用）。承認すると使えなくなります`
      : html`${approved}に承認したキー（最終使用: ${lastUsed}）。承認すると使えなくなります`,
  urlKey: 'リンク内で使用可',
  urlKeyMeaning:
    'このキーは、カレンダーアプリなどで URL の一部として使えます。その URL を持つ人は誰でも同じデータを読めます。URL がほかの人に知られた場合は、キーを取り消してください。',
  notifications: '通知の送信先',
  password: 'パスワードがアプリに渡ることはありません。',
  declined: {
    title: '拒否しました',
    meaning: ({ app }) =>
      html`<bdi>${app}</bdi> はアクセスを許可されませんでした。気が変わった場合は、アプリからやり直してください。`,
    back: ({ site }) => `${site} に戻る`,
  },
  payload: {
    title: 'このテキストをアプリにコピーしてください',
    heading: ({ app }) => html`このテキストを <bdi>${app}</bdi> にコピーしてください`,
    instructions: ({ app }) =>
      html`キーは暗号化されており、<bdi>${app}</bdi> だけが読めます。テキスト全体をコピーして、アプリに貼り付けてください。`,
    label: '暗号化されたキー',
    problem: 'アプリがこのテキストを読めない場合は、アプリからやり直してください。',
  },
  oneTimePassword: {
    title: ({ app }) => `${app} があなたとしてログインすることを許可しますか？`,
    heading: ({ app }) => html`<bdi>${app}</bdi> があなたとして1回ログインすることを許可しますか？`,
    meaning: ({ site }) =>
      html`アプリは、あなたとして ${site} を開くリンクを受け取り、アカウントに全面的にアクセスできるようになります。リンクは10分以内に1回だけ使えます。`,
    linkSentTo: ({ destination }) =>
      html`承認すると、ブラウザーは次の宛先にリンクを送信します: ${destination}`,
    toDecline: '拒否するには、このページを閉じてください。',
  },
});
