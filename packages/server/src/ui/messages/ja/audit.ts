import { html } from 'hono/html';
import type { AuditAction } from '../../../core/audit/audit-event.ts';
import type { Html } from '../../html.ts';
import type { Event } from '../en/audit.ts';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

const ofOwner = (owner: Html | null) => (owner === null ? '' : html`${owner} の`);
const forOwner = (owner: Html | null) => (owner === null ? '' : html`${owner} のために`);

const events: Readonly<Record<AuditAction, (event: Event) => Html>> = {
  key_approved: ({ actor, subject, owner }) =>
    html`${actor} が${forOwner(owner)}アプリ ${subject} を承認しました`,
  key_declined: ({ actor, subject, owner }) =>
    html`${actor} が${forOwner(owner)}アプリ ${subject} を拒否しました`,
  key_revoked: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}キー ${subject} を取り消しました`,
  key_revoked_unused: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}未使用のキー ${subject} を取り消しました`,
  key_revoked_too_old: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}キー ${subject} を、古くなったため取り消しました`,
  key_restored: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}キー ${subject} を復元しました`,
  key_renamed: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}キーの名前を ${subject} に変更しました`,
  key_rotated: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}キー ${subject} をローテーションしました`,
  key_renewed: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}キー ${subject} を延長しました`,
  key_revoked_itself: ({ actor, subject, owner }) =>
    html`${actor} が自身のキーを取り消しました: ${ofOwner(owner)}${subject}`,
  one_time_password_approved: ({ actor, subject, owner }) =>
    html`${actor} が${forOwner(owner)} ${subject} に1回限りのログインを許可しました`,
  one_time_password_used: ({ actor, subject }) =>
    html`${subject} がワンタイムパスワードで ${actor} をログインさせました`,
  client_id_sent: ({ subject, owner }) =>
    html`キーが別のクライアント ID を使っています: ${ofOwner(owner)}${subject}`,
  client_registered: ({ actor, subject }) => html`${actor} が ${subject} として自身を登録しました`,
  client_deleted: ({ actor, subject }) => html`${actor} が ${subject} の登録を削除しました`,
  client_icon_saved: ({ actor, subject }) => html`${actor} がアプリ ${subject} にアイコンを設定しました`,
  client_icon_deleted: ({ actor, subject }) => html`${actor} がアプリ ${subject} のアイコンを削除しました`,
  app_blocked: ({ actor, subject }) => html`${actor} がこのサイトでアプリ ${subject} をブロックしました`,
  app_unblocked: ({ actor, subject }) => html`${actor} がアプリ ${subject} のブロックを解除しました`,
  personal_key_made: ({ actor, subject, owner }) =>
    html`${actor} が${forOwner(owner)}個人用キー ${subject} を作成しました`,
  feed_subscribed: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}フィード ${subject} の URL を作成しました`,
  feed_unsubscribed: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}フィード ${subject} の URL を削除しました`,
  admin_key_created: ({ actor, subject, owner }) =>
    html`${actor} が${forOwner(owner)}管理者キー ${subject} を作成しました`,
  admin_key_revoked: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}管理者キー ${subject} を取り消しました`,
  admin_key_revoked_unused: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}未使用の管理者キー ${subject} を取り消しました`,
  admin_key_restored: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}管理者キー ${subject} を復元しました`,
  admin_key_deleted: ({ actor, subject, owner }) =>
    html`${actor} が${ofOwner(owner)}管理者キー ${subject} を削除しました`,
  oauth_grant_replayed: ({ subject, owner }) =>
    html`${ofOwner(owner)}${subject} のコードまたはトークンが2回使われたため、アクセスを取り消しました`,
  oauth_client_registered: ({ actor, subject }) =>
    html`${actor} が OAuth クライアント ${subject} を登録しました`,
  oauth_client_blocked: ({ actor, subject }) =>
    html`${actor} が OAuth クライアント ${subject} をブロックしました`,
  oauth_client_unblocked: ({ actor, subject }) =>
    html`${actor} が OAuth クライアント ${subject} のブロックを解除しました`,
  oauth_client_deleted: ({ actor, subject }) =>
    html`${actor} が OAuth クライアント ${subject} を削除しました`,
  mcp_tool_called: ({ subject, owner }) =>
    html`エージェントが${forOwner(owner)}ツールを呼び出しました: ${subject}`,
  setting_changed: ({ actor, subject }) => html`${actor} が設定 ${subject} を変更しました`,
  user_erased: ({ actor, subject }) => html`${actor} がユーザーを消去しました（${subject}）`,
  database_restored: ({ actor, subject }) => html`${actor} がデータベースを復元しました（${subject}）`,
};

const actions: Readonly<Record<AuditAction, string>> = {
  key_approved: 'アプリの承認',
  key_declined: 'アプリの拒否',
  key_revoked: 'キーの取り消し',
  key_revoked_unused: '未使用のキーの取り消し',
  key_revoked_too_old: '古いキーの取り消し',
  key_restored: 'キーの復元',
  key_renamed: 'キーの名前の変更',
  key_rotated: 'キーのローテーション',
  key_renewed: 'キーの延長',
  key_revoked_itself: 'アプリによるキーの取り消し',
  one_time_password_approved: '1回限りのログインの承認',
  one_time_password_used: '1回限りのログインの使用',
  client_id_sent: 'アプリによるクライアント ID の変更',
  client_registered: 'アプリの登録',
  client_deleted: 'アプリの登録の削除',
  client_icon_saved: 'アプリのアイコンの設定',
  client_icon_deleted: 'アプリのアイコンの削除',
  app_blocked: 'アプリのブロック',
  app_unblocked: 'アプリのブロックの解除',
  personal_key_made: '個人用キーの作成',
  feed_subscribed: 'フィード URL の作成',
  feed_unsubscribed: 'フィード URL の削除',
  admin_key_created: '管理者キーの作成',
  admin_key_revoked: '管理者キーの取り消し',
  admin_key_revoked_unused: '未使用の管理者キーの取り消し',
  admin_key_restored: '管理者キーの復元',
  admin_key_deleted: '管理者キーの削除',
  oauth_grant_replayed: 'OAuth トークンの再使用',
  oauth_client_registered: 'OAuth クライアントの登録',
  oauth_client_blocked: 'OAuth クライアントのブロック',
  oauth_client_unblocked: 'OAuth クライアントのブロックの解除',
  oauth_client_deleted: 'OAuth クライアントの削除',
  mcp_tool_called: 'エージェントによるツールの呼び出し',
  setting_changed: '設定の変更',
  user_erased: 'ユーザーの消去',
  database_restored: 'データベースの復元',
};

/** The page with the audit log. */
export const audit = (format: Format): Messages['audit'] => ({
  title: '監査ログ',
  meaning: ({ link, days }) =>
    html`ユーザー、アプリ、サイトによる、キー、アプリ、設定の変更の記録です。保存期間:
      ${link(format.plural(days, { other: '#日間' }))}。エージェントによるツールの呼び出しは記録しますが、キーのその他の使用やシークレットは記録しません。`,
  user: 'ユーザー',
  action: '操作',
  anyAction: 'すべて',
  subject: '名前に含まれる文字',
  from: '開始日（UTC）',
  until: '終了日（UTC）',
  show: '表示',
  showAll: 'すべて表示',
  exportCsv: 'CSV でダウンロード',
  exportJsonLines: 'JSON Lines でダウンロード',
  noMatch: '一致するイベントはありません。',
  none: 'イベントはまだありません。',
  newest: '最新のもの',
  older: '以前のもの',
  theSite: 'サイト',
  anApp: 'アプリ',
  actions,
  events,
  where: ({ at, ipAddress, keyId }) => {
    const from = ipAddress === null ? '' : html`、<bdi>${ipAddress}</bdi> から`;
    return html`${at}${from}${keyId === null ? '' : `、キー ${keyId}`}`;
  },
});
