import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The form for a personal key, and the page that shows a new one. */
export const personalKeys = (format: Format): Messages['personalKeys'] => ({
  form: {
    title: '新しいキー',
    heading: '個人用キーを作成',
    meaning:
      '自分のスクリプトやプログラムで使うためのキーです。キーを持つ人は誰でも、選択した権限の範囲であなたとして操作できます。',
    name: '名前',
    scopes: '権限',
    dangerousScope: '高リスク: このキーはパスワードと同じように大切に保管してください。',
    expiry: '有効期間',
    days: ({ days }) => format.duration(days * 86_400),
    noExpiry: '無期限',
    ipAddresses: '許可する IP アドレス（任意）',
    ipAddressesHint: ({ ipAddress }) =>
      html`203.0.113.7 や 2001:db8::/32 のような IP アドレスとネットワークを、スペースで区切って入力します。あなたのアドレスは
        <bdi>${ipAddress}</bdi> です。空欄の場合、キーはどの IP アドレスからも使えます。`,
    forAgents:
      'エージェントにも使わせる: 言語モデルが制御するプログラムが、MCP 経由でこのキーを使えるようになります。',
    create: 'キーを作成',
  },
  created: {
    title: '新しいキー',
    rotatedTitle: 'キーをローテーションしました',
    heading: ({ name }) => html`<bdi>${name}</bdi> のキー`,
    environment: '.env と valetkey コマンド用',
    copyEnvironment: '.env 用の行をコピー',
    onlyNow: 'キーが表示されるのは1回だけです。今すぐコピーし、ほかの人と共有しないでください。',
    oldKeyWorksUntil: ({ until }) =>
      html`古いキーは${until}まで使えます。それまでに、使っているすべての場所で新しいキーに置き換えてください。`,
    oldKeyStopped: '古いキーは使えなくなりました。使っているすべての場所で新しいキーに置き換えてください。',
    expires: ({ at }) => html`このキーの有効期限: ${at}`,
    neverExpires: 'このキーに有効期限はありません。',
    revoke: ({ link }) => html`キーは${link('アプリの一覧')}で取り消せます。`,
  },
});
