import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The pages on which a user enters the code of a device and decides about its request. */
export const device: Messages['device'] = {
  title: 'デバイスを接続',
  code: 'コード',
  codeHint: '英数字8文字。大文字と小文字は区別されず、スペースとハイフンは無視されます。',
  continue: '続ける',
  codeWarning:
    'ご自分のデバイスに今表示されているコードだけを入力してください。誰かからコードが送られてきた場合、その人はあなたのアカウントにアクセスしようとしています。次のページで要求を確認できます。',
  problems: {
    invalid_code: 'コードが違います。デバイスのコードと見比べて、もう一度入力してください。',
    expired_code: 'この要求は期限切れか、すでに承認または拒否されています。デバイスからやり直してください。',
    no_trust_level: 'このサイトでは、あなたのアカウントでアプリを承認できません。',
  },
  linkWarning: ({ app }) =>
    html`ご自分のデバイスで <bdi>${app}</bdi> を起動したばかりの場合にのみ承認してください。誰かからこのリンクが送られてきた場合、承認するとその人のデバイスがあなたのアカウントにアクセスできるようになります。`,
  enteredCodeWarning: ({ app }) =>
    html`ご自分のデバイスで <bdi>${app}</bdi> を起動したばかりの場合にのみ承認してください。誰かからコードが送られてきた場合、承認するとその人のデバイスがあなたのアカウントにアクセスできるようになります。`,
  requestedFrom: '要求元',
  sameIpAddress: ({ ipAddress }) => html`<bdi>${ipAddress}</bdi>（あなたと同じ IP アドレス）`,
  requested: '要求日時',
  toDecline: '拒否するには、このページを閉じてください。コードを入力しなければ、要求は期限切れになります。',
  done: {
    title: 'デバイスを接続しました',
    heading: 'デバイスが接続されました',
    meaning: ({ app }) =>
      html`<bdi>${app}</bdi> は数秒以内に自動的に続行します。このページは閉じてかまいません。`,
  },
};
