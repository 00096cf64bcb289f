import type { SettingName } from '../../../core/settings/setting-table.ts';

/** What each setting does. */
export const settingDescriptions: Readonly<Record<SettingName, string>> = {
  allow_user_api_keys:
    'アプリがユーザー API キーを要求できるかどうか。発行済みのキーは、取り消すまで使えます。',
  allow_user_api_key_scopes: 'アプリが要求できるスコープ。',
  user_api_key_allowed_groups:
    'これらのグループのメンバーはアプリを承認できます。everyone はすべてのユーザーを表します。スタッフ（既定では管理者）は常に承認できます。',
  allowed_user_api_auth_redirects:
    '許可するリダイレクト。承認後に暗号化されたキーを受け取ります。パス、クエリ、フラグメントでは、* は任意の文字列に一致します。http://127.0.0.1/* はユーザー自身のコンピューター上のプログラムを許可します。',
  allow_user_api_key_client_scopes: '登録済みアプリが持てるスコープ。空の場合、アプリは登録できません。',
  user_api_key_clients_create_per_day: '1つの IP アドレスが24時間に登録できるアプリの最大数。',
  create_user_api_key_client_ip_rate_limit_override_ips: 'アプリをいくつでも登録できる IP アドレス。',
  allowed_user_api_push_urls:
    '許可するプッシュ URL（完全一致で比較）。https と公開 IP アドレスを使う必要があります。',
  push_api_secret_key:
    '受信側がこのサイトを識別するためのシークレット。各プッシュに含まれます。最初の起動時に作成されます。受信側以外と共有しないでください。',
  max_user_api_key_expiry_days: 'アプリが要求できる最長の有効期間（日数）。',
  allow_personal_user_api_keys:
    'ユーザーが自分のために作成できるもの: なし（none）、フィード URL（feeds）、フィード URL と個人用キー（all）。',
  max_personal_user_api_keys: 'ユーザーが持てる有効な個人用キーの最大数。',
  max_app_user_api_keys: 'ユーザーが持てる、有効なアプリのキーの最大数。',
  max_user_api_key_approvals_per_hour: 'ユーザーが1時間に承認できるアプリのキーの最大数。',
  max_user_api_key_rotation_grace_days:
    'ユーザーが個人用キーをローテーションした後、古いキーを引き続き使える最大日数。0 の場合はすぐに取り消します。',
  cors_origins: 'ブラウザーからキーでこのサイトを呼び出せるページのオリジン（https://app.example など）。',
  cors_allow_admin_api_keys:
    'cors_origins のページが Api-Key を送れるかどうか。そのようなページの訪問者は誰でもキーを読めるため、オフのままにしてください。',
  revoke_user_api_keys_unused_days: 'この日数使われなかったキーを取り消します。0 の場合は取り消しません。',
  revoke_user_api_keys_maxlife_days: '承認からこの日数を超えたキーを取り消します。0 の場合は取り消しません。',
  audit_retention_days:
    '監査イベント、期限切れのキー、取り消したキーを保存する日数。キーは少なくとも30日間保存します。',
  max_user_api_reqs_per_minute: '任意の60秒間に1つのキーで送れるリクエストの最大数。',
  max_user_api_reqs_per_day: '任意の24時間に1つのキーで送れるリクエストの最大数。',
  max_admin_api_reqs_per_minute: '任意の60秒間に1つの管理者キーで送れるリクエストの最大数。',
  revoke_api_keys_unused_days: 'この日数使われなかった管理者キーを取り消します。0 の場合は取り消しません。',
  oauth_default_scopes: 'OAuth クライアントがスコープを要求しない場合に得るスコープ。',
  oauth_access_token_lifetime_minutes:
    'OAuth アクセストークンの有効期間（分）。クライアントはユーザーの操作なしで更新します。',
  oauth_refresh_grace_seconds:
    '応答が失われた場合や同時にリクエストした場合に備え、使用済みのリフレッシュトークンでも次のトークンを得られる秒数。その後に使われると、アクセスを取り消します。',
  allow_oauth_client_documents: 'OAuth クライアントの ID を、そのメタデータの https URL にできるかどうか。',
  oauth_client_document_domains:
    'クライアント ID となるメタデータの URL に使えるドメイン（client.example など）。サブドメインも含みます。空の場合、すべてのドメインを許可します。',
  allow_oauth_client_registration:
    'OAuth クライアントが自身を登録できるかどうか。メタデータの URL に対応しているクライアントには必要ありません。',
  oauth_client_registrations_per_day: '1つの IP アドレスが24時間に登録できる OAuth クライアントの最大数。',
  allow_mcp: 'エージェント用のツールがある場合に、エージェントが MCP でこのサイトを使えるかどうか。',
  mcp_disabled_tools:
    'エージェントが見ることも呼び出すこともできないツールの名前（discourse_create_post など）。',
  mcp_list_askable_tools:
    'アクセスで許可されていないツールもエージェントに見せるかどうか。そのようなツールを呼び出したエージェントは、不足しているスコープを要求するよう求められます。',
  min_user_api_public_key_bits: 'ペイロードを暗号化する RSA 公開鍵の最小サイズ（ビット）。',
};
