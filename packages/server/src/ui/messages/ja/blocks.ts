import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page on which an admin blocks apps on the whole site. */
export const blocks = (format: Format): Messages['blocks'] => ({
  title: 'ブロックしたアプリ',
  meaning:
    'ブロックしたアプリは新しいキーを得られず、既存のキーもすぐに使えなくなります。ブロックを解除すると、再び使えるようになります。',
  none: 'ブロックしたアプリはありません。',
  kinds: { client_id: 'クライアント ID', host: 'リダイレクトまたはプッシュ URL のホスト' },
  since: ({ at, by }) => html`${at}、${by}`,
  blockedSince: 'ブロック日時',
  reason: '理由',
  remove: 'ブロックを解除',
  removeOf: ({ value }) => `${value} のブロックを解除`,
  form: {
    heading: 'アプリをブロック',
    kind: '対象のアプリ',
    hostHint:
      'ホストには、そのサブドメインとすべてのポートが含まれます。独自のスキームでリンクを開くアプリには、myapp: のように入力してください。',
    value: 'クライアント ID またはホスト',
    reason: '理由（アプリのユーザーに表示されます）',
    next: '続ける',
    invalid: 'ホストでも、myapp: のようなスキームでもありません。',
    missing: 'ブロックするものと理由を入力してください。',
  },
  confirm: {
    title: ({ value }) => html`${value} をブロックしますか？`,
    keys: ({ count }) =>
      count === 0
        ? '影響を受ける有効なキーや接続はありません。'
        : format.plural(count, { other: '#個の有効なキーと接続がすぐに使えなくなります。' }),
    apps: '影響を受けるアプリ',
    perApp: ({ count }) => format.plural(count, { other: 'キー#個' }),
    more: ({ count }) => format.plural(count, { other: 'ほか#個のアプリ' }),
    shown: ({ reason }) => html`ユーザーに表示される理由:「<bdi>${reason}</bdi>」`,
    block: 'ブロック',
    back: '戻る',
  },
});
