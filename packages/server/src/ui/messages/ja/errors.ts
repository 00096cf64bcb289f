import type { PageErrors } from '../error-texts.ts';

/** Each error: what happened, and what to do next. */
export const errors: PageErrors = {
  parameter_invalid: [
    'パラメーター {parameter} が無効です[: {reason}]。',
    '{parameter} をプレーンテキストで1回だけ送ってください。',
  ],
  parameter_missing: [
    'パラメーター {parameter} がないか、空です。',
    '{parameter} をパラメーターとして送ってください。',
  ],
  parameter_too_long: [
    'パラメーター {parameter} が {max_bytes} バイトを超えています。',
    '{parameter} を短くしてください。ASCII 以外の文字は1文字につき2〜4バイトになります。',
  ],
  padding_invalid: [
    'パラメーター padding が pkcs1 でも oaep でもありません。',
    'padding=oaep を送るか、pkcs1 を使う場合は省略してください。',
  ],
  body_unreadable: [
    'リクエストの本文を解析できません。',
    'JSON オブジェクトまたはフォームを、対応する Content-Type で送ってください。',
  ],
  body_already_read: [
    'このサイトのパーサーが、Valetkey より先にリクエストの本文を読み取りました。',
    'サイトの運営者は、app.use(keys.endpoints) をパーサーより前に置くか、アダプターを使わない場合は解析した本文を parsedBody で渡してください。',
  ],
  body_type_not_allowed: [
    'このエンドポイントは {body_type} の本文のみを受け付けます。',
    'すべてのパラメーターを Content-Type: {body_type} の本文で送ってください。',
  ],
  body_too_large: [
    'リクエストの本文が大きすぎます[（最大 {max_bytes} バイト）]。',
    'エンドポイントで定義されているパラメーターだけを送ってください。',
  ],
  not_found: [
    'この URL には何も見つかりませんでした。',
    'URL と、サイトがサブフォルダーにあるかどうかを確認してください。',
  ],
  method_not_allowed: [
    'この URL はリクエストのメソッドを受け付けません。',
    'Allow ヘッダーのメソッドのいずれかを使ってください[: {allowed_methods}]。',
  ],
  internal_error: [
    'サイトがリクエストを処理できませんでした。',
    '後でもう一度試し、問題が続く場合はサイトの管理者に知らせてください。',
  ],
  store_unavailable: [
    'サイトは現在データベースを使えません。',
    'Retry-After ヘッダーの秒数が過ぎてから、リクエストを再送してください。',
  ],
  limits_unavailable: [
    'サイトは現在レート制限を確認できないため、このリクエストを拒否します。',
    'Retry-After ヘッダーの秒数が過ぎてから、リクエストを再送してください。',
  ],
  revocation_not_stored: [
    'サイトが取り消しを保存できなかったため、このリクエストを処理したプロセスだけがこのキーを拒否します。',
    '後でもう一度取り消してください。それまでにサイトが再起動すると、キーは再び有効になります。',
  ],
  user_api_keys_disabled: [
    'このサイトはユーザー API キーを発行しません。',
    '管理者は設定 allow_user_api_keys で有効にできます。',
  ],
  no_scope_granted: [
    '権限が選択されていません。',
    '戻って1つ以上の権限を選択するか、要求を拒否してください。',
  ],
  scope_not_allowed: [
    'このサイトは要求されたスコープを許可しません[: {refused_scopes}]。',
    '要求するスコープを減らす[（許可: {allowed_scopes}）]か、allow_user_api_key_scopes への追加を管理者に依頼してください。',
  ],
  redirect_not_allowed: [
    'サイトはこのリダイレクト（auth_redirect）を許可しません[: {reason}]。',
    '管理者は allowed_user_api_auth_redirects に追加できます。auth_redirect がない場合、サイトはコピー用にペイロードを表示します。',
  ],
  redirect_missing_host: [
    'auth_redirect にスキームまたはホストがありません。',
    'https://app.example/callback や myapp://callback のような絶対 URL を送ってください。',
  ],
  redirect_pattern_invalid: [
    'リダイレクトのパターン {pattern} が無効です[: {reason}]。',
    'myapp://callback、https://app.example/cb*、https://*.example.com/cb のようなパターンを | で区切って書いてください。',
  ],
  public_key_unreadable: [
    'public_key を解析できません[: {reason}]。',
    '"openssl rsa -in private.pem -pubout" の PEM 出力を、すべての + を %2B にエンコードして送ってください。',
  ],
  public_key_is_private: [
    'public_key が秘密鍵です。この鍵はもう安全ではありません。',
    'この鍵ペアを破棄して新しく作成し、公開鍵だけを送ってください（"openssl rsa -in private.pem -pubout"）。',
  ],
  public_key_is_openssh: [
    'public_key が OpenSSH 形式です。',
    'RSA 鍵を "ssh-keygen -e -m PKCS8 -f key.pub" で PEM に変換し、その結果を送ってください。',
  ],
  public_key_is_certificate: [
    'public_key が証明書または証明書要求です。',
    'その中の公開鍵だけを送ってください（"openssl x509 -in certificate.pem -pubkey -noout"）。',
  ],
  public_key_not_rsa: [
    'public_key が RSA 鍵ではありません[（アルゴリズム: {algorithm}）]。',
    'ペイロードは RSA で暗号化されるため、RSA 鍵を作成してください（"openssl genrsa 2048"）。',
  ],
  public_key_too_small: [
    'public_key は {bits} ビットですが、{min_bits} ビット以上が必要です。',
    'より大きい RSA 鍵を作成してください（"openssl genrsa {min_bits}"）。',
  ],
  public_key_too_large: [
    'public_key は {bits} ビットですが、最大は {max_bits} ビットです。',
    'より小さい RSA 鍵を作成してください（"openssl genrsa 4096"）。',
  ],
  expiry_invalid: [
    'パラメーター expires_in_seconds が 1 から 9999999999 までの整数ではありません。',
    '1日なら 86400 のように、10桁以内の数字を送ってください。',
  ],
  expiry_too_long: [
    'パラメーター expires_in_seconds が最大の {max_days} 日を超えています。',
    '{max_days} 日以内を要求してください。管理者は max_user_api_key_expiry_days を変更できます。',
  ],
  payload_too_large: [
    'この鍵と {padding_name} に対してペイロードが大きすぎます: {bytes} バイト（最大 {max_bytes} バイト）。',
    'より短い nonce[（最大 {max_nonce_bytes} バイト）]を送るか、より大きい RSA 鍵を使ってください。',
  ],
  client_public_key_mismatch: [
    'public_key が、このクライアントに登録されたものと異なります。',
    'public_key を省略するか、登録されたものをそのまま送ってください。',
  ],
  client_redirect_mismatch: [
    'auth_redirect が、このクライアントに登録されたものと異なります。',
    '登録された auth_redirect をそのまま送るか、ペイロードを表示する場合は省略してください。',
  ],
  client_not_registered: [
    'この ID のクライアントは登録されていません。',
    '先に POST /user-api-key-client で登録してください。',
  ],
  client_already_registered: [
    'この ID のクライアントはすでに登録されています。',
    '登録された鍵とリダイレクトを使うか、別の ID で登録してください。',
  ],
  one_time_password_needs_redirect: [
    'デバイスの要求にスコープ one_time_password を含めることはできません。',
    'スコープを省略してください。ワンタイムパスワードには auth_redirect のある要求が必要です。',
  ],
  client_needs_sealed_key: [
    'このクライアントは公開鍵で登録されており、暗号化されたキーだけを受け取ります。',
    'POST /user-api-key/device.json を使うか、登録されていない client_id を使ってください。',
  ],
  tls_required: [
    'サイトの URL が https で始まらないため、暗号化されていないキーは返しません。',
    'キーを暗号化する POST /user-api-key/device.json を使うか、サイトを https で提供してください。',
  ],
  device_request_outdated: [
    'デバイスの要求の後に、このアプリの登録が変わりました。',
    'キーは発行されていません。デバイスからやり直してください。',
  ],
  login_required: ['ログインしていません。', 'サイトにログインして、もう一度試してください。'],
  session_required: [
    'この操作にはブラウザーのセッションが必要です。キーではできません。',
    'ブラウザーでサイトを開き、キーなしで操作してください。',
  ],
  csrf_invalid: [
    'フォームの有効期限が切れたか、このサイトから送られたものではありません（CSRF）。',
    'ページを再読み込みして、もう一度試してください。スクリプトはトークンを X-CSRF-Token として送ります。',
  ],
  group_not_allowed: [
    'あなたのアカウントは、ユーザー API キーを承認できるグループに属していません。',
    '管理者は設定 user_api_key_allowed_groups にグループを追加できます。',
  ],
  user_suspended: [
    'アカウントは凍結されています。',
    'サイトの管理者に連絡してください。凍結が解除されると、キーは再び使えます。',
  ],
  personal_keys_disabled: [
    'このサイトでは、ユーザーはこの種類のキーを作成できません。',
    '管理者は allow_personal_user_api_keys を {needed} にすることで有効にできます。',
  ],
  too_many_app_keys: [
    '有効なアプリのキーが {max_keys} 個あり、このサイトの上限に達しています。',
    '不要になったアプリのアクセスを取り消してから、もう一度試してください。',
  ],
  too_many_approvals: [
    '1時間に承認したアプリが多すぎます。',
    '{wait_seconds} 秒後にもう一度試してください。',
  ],
  too_many_personal_keys: [
    '有効な個人用キーが {max_keys} 個あり、このサイトの上限に達しています。',
    '不要になったキーを取り消してから、もう一度試してください。',
  ],
  address_list_invalid: [
    'allowed_addresses の項目 {entry} が無効です: {reason}。',
    '項目を修正するか、すべての IP アドレスを許可する場合は一覧を空にしてください。',
  ],
  key_not_rotatable: [
    'このキーはローテーションできません[: {reason}]。',
    'ローテーションできるのは個人用キーだけです。',
  ],
  key_not_renewable: [
    'このキーはこの方法では延長できません。',
    '有効な個人用キーを、期限前に、より後の日時へ延長してください。期限切れの場合は、別のキーを作成してください。',
  ],
  key_was_rotated: [
    'このキーはすでにローテーションされ、後継のキーがあります。',
    '後継のキーをローテーションするか、保存していない場合は別のキーを作成してください。',
  ],
  grace_invalid: [
    'パラメーター grace_seconds が 0 から {max_seconds} までの整数ではありません。',
    '1日なら 86400 のように、数字を送ってください。管理者は max_user_api_key_rotation_grace_days を変更できます。',
  ],
  feed_unknown: [
    'このフィードは存在しません。',
    'このサイトのフィードのいずれかを使ってください[: {known_feeds}]。',
  ],
  feed_not_available: [
    'フィード {feed} の URL を作成できません: {reason}。',
    'フィードを設定するサイトの管理者に問い合わせてください。',
  ],
  one_time_password_invalid: [
    'このログイン用リンクはもう有効ではありません。',
    'アプリから新しいリンクを取得してください。各リンクは10分以内に1回だけ使えます。',
  ],
  key_unknown: [
    'このキーはこのサイトのキーではありません。',
    '復号したペイロードの "key" フィールド（32文字）を、発行したサイトに User-Api-Key として送ってください。',
  ],
  key_revoked: [
    'このキーは取り消されました[（{reason}）][。猶予期間は {grace_ended_at} に終了しました]。',
    'このキーに代わるキーを使うか、ユーザーに新しいキーを求めてください。',
  ],
  key_expired: ['このキーは期限切れです[（{expired_at}）]。', 'ユーザーに新しいキーを求めてください。'],
  key_is_encrypted_payload: [
    'これは暗号化されたペイロードであり、その中のキーではありません。',
    'ペイロードを秘密鍵で復号し、JSON を解析して、"key" フィールドを送ってください。',
  ],
  key_is_public_key: [
    'これは RSA または SSH の鍵であり、ユーザー API キーではありません。',
    '復号したペイロードの "key" フィールドを送ってください。秘密鍵を送ってしまった場合は、鍵ペアを交換してください。',
  ],
  key_not_allowed_in_url: [
    'このキーを URL で送ることはできません。',
    'User-Api-Key ヘッダーで送るか、フィードのページでフィード URL を作成してください。',
  ],
  oauth_client_unknown: [
    'このページを開いたアプリをサイトが認識できないか、アプリの説明を読み込めません。',
    'このサイトへの登録で発行された client_id か、その文書自身の URL を client_id とするクライアントメタデータ文書の https URL を送ってください。',
  ],
  app_blocked: [
    'このサイトの管理者がこのアプリをブロックしました[: {block_reason}]。',
    'サイトの管理者に問い合わせてください。ブロックが解除されると、アプリのキーは再び使えます。',
  ],
  icon_invalid: [
    'このファイルはアイコンに使えません[: {reason}]。',
    'アニメーションのない正方形の PNG、JPEG、WebP を選んでください。',
  ],
  icon_too_large: [
    'アイコンが {max_bytes} バイトを超えています。',
    '128×128 ピクセルの PNG など、より小さい画像を選んでください。',
  ],
  block_not_found: [
    'このブロックは存在しません。',
    'ブロックしたアプリの一覧を確認してください。別の管理者がブロックを解除した可能性があります。',
  ],
  oauth_client_blocked: [
    'このサイトの管理者が、このページを開いたアプリをブロックしました。',
    '理由をサイトの管理者に問い合わせてください。',
  ],
  oauth_redirect_mismatch: [
    'redirect_uri がこのアプリの登録したものではないため、そこには何も送信されません。',
    '登録されたリダイレクト URI のいずれかをそのまま送ってください。ループバックアドレスのポートだけは異なってもかまいません。',
  ],
  key_for_another_resource: [
    'このキーは、このサイトの別のリソースのために発行されました。',
    'パラメーター resource にこのリソースの URL を指定して、トークンを要求してください。',
  ],
  token_missing: [
    'このリクエストに Bearer トークンがありません。',
    'アクセストークンを Authorization: Bearer として送ってください。このリソースのメタデータの場所は WWW-Authenticate ヘッダーに示されています。',
  ],
  origin_not_allowed: [
    'このオリジンのページは、この URL を呼び出せません。',
    '管理者は設定 cors_origins にオリジンを追加できます。',
  ],
  address_not_allowed: [
    'このキーはこの IP アドレスからは使えません[（{address}）]。',
    '許可された IP アドレスから使うか、あなたのアドレスを許可するキーをユーザーに求めてください。',
  ],
  scope_insufficient: [
    'このキーのスコープはこのリクエストを許可しません[（キーのスコープ: {granted_scopes}）]。',
    '必要なスコープのいずれかを持つキーをユーザーに求めてください[: {required_scopes}]。',
  ],
  admin_key_in_user_header: [
    '管理者キーが User-Api-Key として送られました。',
    '管理者キーは Api-Key として、Api-Username とともに送ってください。',
  ],
  user_key_in_admin_header: [
    'ユーザー API キーが Api-Key として送られました。',
    'User-Api-Key として、Api-Username なしで送ってください。',
  ],
  key_in_wrong_place: [
    'ユーザー API キーが誤った場所で送られました[: {reason}]。',
    'User-Api-Key ヘッダー、または Authorization: Bearer で送ってください。',
  ],
  admin_key_from_browser: [
    '別のオリジンのウェブページが管理者キーを送りました。',
    'キーを取り消し、ページでは代わりにユーザー API キーを使ってください。',
  ],
  invalid_api_credentials: [
    'Api-Key、または一緒に送られた Api-Username が無効です。',
    'キーが有効で、そのユーザーを許可していることを管理ページで確認してください。',
  ],
  credentials_conflict: [
    'リクエストに複数のキーが含まれています。',
    'User-Api-Key、Authorization: Bearer、Api-Key のうち1つだけを送ってください。',
  ],
  rate_limited: [
    'リクエストが多すぎます[。{wait_seconds} 秒待ってください]。',
    'Retry-After ヘッダーの秒数だけ待ってください。',
  ],
  key_not_found: [
    'このキーは存在しないか、変更できません。',
    'アプリのページでキーの一覧を確認してください。すでに取り消されている可能性があります。',
  ],
  key_of_another_user: [
    'このキーは別のユーザーのものです。',
    'ブラウザーでキーの所有者としてログインしてください。管理者が他のユーザーのキーに対して行えるのは、取り消しと復元だけです。',
  ],
  key_was_replaced: [
    'このキーは新しいキーに置き換えられたため、取り消しを元に戻せません。',
    '新しいキーを使うか、別のキーを求めてください。',
  ],
  key_restorable_by_admin: [
    'このキーは、管理者またはサイト自身によって取り消されました[: {reason}]。',
    '復元をサイトの管理者に依頼するか、アプリを再び承認してください。',
  ],
  key_too_old: [
    'キーの承認からの日数が、このサイトの上限の {max_days} 日を超えています。',
    '新しいキーを得るには、アプリを再び承認してください。',
  ],
  admin_required: ['この操作は管理者だけが行えます。', '管理者のアカウントでログインしてください。'],
  admin_key_not_found: [
    'この管理者キーは存在しないか、変更できません。',
    '管理者キーの一覧を確認してください。別の管理者が取り消し、復元、または削除した可能性があります。',
  ],
  admin_key_is_live: [
    'この管理者キーは有効なため、削除できません。',
    '先に取り消し、もうどこからも使われていないことを確認してください。',
  ],
  admin_scopes_invalid: [
    '管理者キーのスコープが無効です[: {reason}]。',
    'キーは作成されていません。スコープとパラメーターは /admin/api/keys/scopes.json にあります。',
  ],
  user_not_found: [
    'この名前のユーザーはいません。',
    'キーは作成されていません。username を修正するか、任意のユーザーとして操作するキーにする場合は省略してください。',
  ],
  setting_unknown: ['{setting} という設定はありません。', '設定の一覧で名前を確認してください。'],
  setting_invalid: [
    '設定 {setting} の値が無効です[: {reason}]。',
    '何も変更されていません。値を修正して、もう一度保存してください。',
  ],
  path_ambiguous: [
    'このリクエストの URL は、プログラムによって異なる解釈ができます[（{ambiguity}）]。',
    'ホストは1つだけにし、空のセグメント、ドットのセグメント、バックスラッシュ、セミコロン、エスケープされたスラッシュやドットを含まないパスを送ってください。',
  ],
  upstream_unavailable: [
    'このサイトの背後にあるサービスに接続できません。',
    '後でもう一度試し、問題が続く場合はサイトの管理者に知らせてください。',
  ],
  upstream_timeout: [
    'このサイトの背後にあるサービスが時間内に応答しませんでした。',
    '再送する前に、リクエストが反映されたかどうかを確認してください。',
  ],
  verify_misconfigured: [
    'このサイトのプロキシが、リクエストについて無効な方法で問い合わせています[: {problem}]。',
    'サイトの運営者は、プロキシの設定をフォワード認証のガイドと照らし合わせてください。',
  ],
  proxy_not_trusted: [
    'このアドレスを使えるのは、このサイトのプロキシだけです。',
    'サイトの運営者は、プロキシのアドレスを信頼済みの一覧に追加してください。',
  ],
  accounts_unavailable: [
    'サイトは、ログインしているユーザーを特定できません。',
    '後でもう一度試し、問題が続く場合はサイトの管理者に知らせてください。',
  ],
  sign_in_failed: [
    'ログインが完了しませんでした。',
    'このサイトのページをもう一度開き、ログインしてください。',
  ],
};
