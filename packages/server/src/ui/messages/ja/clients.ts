import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page about registered clients. */
export const clients = (format: Format): Messages['clients'] => ({
  title: '登録済みアプリ',
  meaning:
    'これらのアプリは、名前、公開鍵、リダイレクトを自身で登録しました。誰も審査していません。登録が証明するのは、毎回同じアプリだということだけです。',
  closed: ({ setting }) => html`${setting} が空のため、現在アプリは登録できません。`,
  none: '登録済みのアプリはありません。',
  noneOnThisPage: 'このページに登録済みのアプリはありません。',
  older: '以前のもの',
  unknownScope: 'アクセスなし: このサイトにこのスコープはもうありません',
  clientId: 'クライアント ID',
  keysSentTo: 'キーの送信先',
  invalidRedirect: ({ redirect }) => html`無効なリダイレクト: ${redirect}`,
  redirectNotAllowed:
    '設定はこのリダイレクトを許可していません。これを含むアプリの要求を、このサイトは拒否します。',
  redirectNotAddable:
    '設定はこのリダイレクトを許可しておらず、この URL だけを許可するパターンもありません。別の URL を登録するよう、開発者に依頼してください。',
  allowRedirect: 'このリダイレクトを許可',
  allowRedirectMeaning: ({ redirect }) =>
    html`許可すると、どのアプリも ${redirect} に送られるキーを要求できます。ホストが信頼できるアプリのものであることを確認してください。似た名前は攻撃者のものかもしれません。`,
  registered: '登録日時',
  registeredFrom: ({ at, ipAddress }) => html`${at}（<bdi>${ipAddress}</bdi> から）`,
  activeKeys: '有効なキー',
  block: ({ app }) => html`<span class="unseen">${app} を</span>ブロック…`,
  delete: ({ app }) => html`<span class="unseen">${app} を</span>削除…`,
  deleteMeaning: ({ activeKeys }) =>
    activeKeys === 0
      ? 'このアプリの有効なキーを持つユーザーはいません。'
      : format.plural(activeKeys, {
          other: '#人のユーザーがこのアプリの有効なキーを持っています。キーは取り消すまで使えます。',
        }),
  deleteHint:
    '新しいキーを得るには、アプリは再び登録する必要があります。使えないようにするには、アプリをブロックしてください。',
  deleteRegistration: '登録を削除',
  deleteRegistrationOf: ({ app }) => `${app} の登録を削除`,
  icon: {
    link: ({ app }) => html`<span class="unseen">${app} の</span>アイコン…`,
    title: ({ app }) => `${app} のアイコン`,
    heading: ({ app }) => html`<bdi>${app}</bdi> のアイコン`,
    meaning:
      'アイコンは、ユーザーがアプリを承認するときと、アプリの一覧で、名前の横に表示されます。アイコンがあるとアプリは確認済みに見えるため、信頼できるアプリにだけ設定してください。同じ名前の別のアプリには表示されません。',
    withoutSecret:
      'このクライアントにはシークレットがありません。ほかのプログラムがその ID を使えるため、アイコンは応答がウェブサイトに送られる場合にだけ表示されます。',
    none: 'このアプリにはアイコンがありません。',
    file: '画像',
    limits:
      'アニメーションのない正方形の PNG、JPEG、WebP。16〜1024 ピクセル、最大 64 KiB です。40×40 ピクセルで表示されます。',
    save: 'アイコンを保存',
    remove: 'アイコンを削除',
  },
});
