import { describeRedirectPattern } from '@valetkey/protocol';
import { describeReason } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import type { Messages } from '../messages.ts';
import { errorTexts } from './common.ts';
import { redirectPatterns } from './redirect-patterns.ts';
import { settingDescriptions } from './setting-descriptions.ts';

/** The page with the settings. */
export const settings: Messages['settings'] = {
  title: '設定',
  meaning:
    'Discourse にもある設定は、同じ名前です。変更は次のリクエストから適用され、監査ログに記録されます。',
  sections: {
    requests: 'アプリからの要求',
    personal: '個人用キーとフィード',
    expiry: 'キーの有効期限',
    limits: 'キーごとのリクエスト数の制限',
    registration: 'アプリの登録',
    oauth: 'OAuth の設定',
    mcp: 'エージェント（MCP）',
    push: 'プッシュ通知',
    origins: 'ほかのサイトのウェブページ',
    adminKeys: '管理者キー',
    audit: '監査ログ',
    other: 'その他',
  },
  sectionsOf: 'セクション',
  all: 'すべて',
  search: '検索',
  onlyChanged: '既定値と異なるもののみ',
  show: '表示',
  noMatch: '一致する設定はありません。',
  differs: '変更済み',
  changedBy: ({ by, ago }) => html`最終変更: ${by}、${ago}`,
  explainRedirects: 'パターンを試し、それを使うアプリを確認する',
  describe: ({ setting }) => settingDescriptions[setting],
  describeRedirect: (pattern) => describeRedirectPattern(pattern, redirectPatterns),
  save: '保存',
  notSaved: '何も保存されませんでした。次の設定を修正してください。',
  saved: ({ settings }) => html`保存しました: ${settings}`,
  unchanged: '何も変更されませんでした。',
  describeMistake: (reason) =>
    reason.reason === 'changed_meanwhile'
      ? `別の管理者がこの設定を「${reason.current}」に変更しました。あなたの値を使うには、もう一度保存してください。`
      : `無効な値です: ${describeReason(reason, errorTexts)}。`,
  secretLimits: '現在の値を維持するには、空欄のままにしてください。',
  showSecret: ({ setting }) => html`<span class="unseen">${setting} の</span>現在の値を表示`,
  range: ({ min, max }) => `${min} から ${max} まで。`,
  oneEach: '1行に1つ入力します。',
  default: ({ value }) => `既定値: ${value}。`,
  none: 'なし',
  on: 'オン',
  off: 'オフ',
  allows: '許可される内容',
};
