import { describeError } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import { createErrorTexts } from '../error-texts.ts';
import type { Messages } from '../messages.ts';
import { errors } from './errors.ts';
import { reasons } from './reasons.ts';

/** The errors and reasons in Japanese. */
export const errorTexts = createErrorTexts({ language: 'ja', errors, reasons });

/** Texts of several pages, and of the error page. */
export const common: Messages['common'] = {
  signedInAs: ({ username }) => html`<strong><bdi>${username}</bdi></strong> としてログインしています。`,
  language: '言語',
  changeLanguage: '変更',
  switchAccount: 'ご本人ではありませんか？アカウントを切り替える',
  approve: '承認',
  decline: '拒否',
  copy: 'コピー',
  copied: 'コピーしました。',
  copyFailed:
    'ブラウザーがコピーを許可しませんでした。テキストは選択されています。キーボードでコピーしてください。',
  key: 'キー',
  copyKey: 'キーをコピー',
  tryIt: 'テスト用コマンド',
  copyCommand: 'コマンドをコピー',
  yourApps: 'あなたのアプリ',
  yourFeeds: 'あなたのフィード',
  manageInApps: ({ link }) => html`アクセスは${link('アプリの一覧')}でいつでも取り消せます。`,
  lastUse: ({ ago, ipAddress, userAgent }) =>
    userAgent === null || userAgent === ''
      ? html`${ago}（<bdi>${ipAddress}</bdi> から）`
      : html`${ago}（<bdi>${ipAddress}</bdi> から <bdi>${userAgent}</bdi> で）`,
  never: 'なし',
  expires: '有効期限',
  dangerousScope: '高リスク: アプリを完全に信頼できる場合にのみ許可してください。',
  destination: {
    thisPage: ({ app }) => html`<bdi>${app}</bdi> にコピーするためのページ`,
    thisComputer: ({ host }) => html`このコンピューター上のプログラム（<code>${host}</code>）`,
    appLink: ({ scheme }) => html`このデバイス上の、<code>${scheme}:</code> リンクを開くアプリ`,
  },
  error: {
    title: '問題が発生しました',
    code: ({ code }) => html`アプリの開発者向けのエラーコード: <code>${code}</code>`,
    describe: (code, details) => describeError(code, details, errorTexts),
  },
};
