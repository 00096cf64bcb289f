import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** How keys were used in the last 30 days. */
export const usage = (format: Format): Messages['usage'] => ({
  title: '過去30日間の使用状況',
  count: ({ count }) => (count === 0 ? 'リクエストなし' : format.plural(count, { other: 'リクエスト#件' })),
  chart: ({ count, most }) =>
    `${format.plural(count, { other: '30日間に許可されたリクエスト: #件' })}。1日の最大リクエスト数: ${most}。`,
  asTable: '表で表示',
  day: '日（UTC）',
  allowed: '許可',
  refused: '拒否',
  refusedTimes: ({ count, reason }) => format.plural(count, { other: `過去7日間に#回拒否: ${reason}` }),
  reasons: {
    scope_insufficient: '権限の不足',
    rate_limited: 'リクエストが多すぎる',
    address_not_allowed: '許可されていない IP アドレス',
    key_not_allowed_in_url: 'リンクでのキーの送信',
    key_revoked: '取り消されたキー',
    key_expired: '期限切れのキー',
    app_blocked: '管理者によるアプリのブロック',
    user_suspended: '凍結されたアカウント',
  },
  otherReason: ({ code }) => `エラー ${code}`,
});
