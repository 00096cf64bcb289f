import type { SettingName } from '../../../core/settings/setting-table.ts';
import { isolateAll } from './isolate.ts';

/** What each setting does. */
export const settingDescriptions: Readonly<Record<SettingName, string>> = isolateAll({
  allow_user_api_keys:
    'ما إذا كان يمكن للتطبيقات طلب مفاتيح API للمستخدمين. تستمر المفاتيح الصادرة في العمل حتى تُبطل.',
  allow_user_api_key_scopes: 'النطاقات التي يمكن للتطبيقات طلبها.',
  user_api_key_allowed_groups:
    'يمكن لأعضاء هذه المجموعات الموافقة على التطبيقات؛ everyone تعني كل المستخدمين. يمكن لفريق الموقع ذلك دائمًا.',
  allowed_user_api_auth_redirects:
    'عناوين إعادة التوجيه المسموحة، التي تتلقى المفتاح المشفّر بعد الموافقة. يطابق * أي أحرف داخل المسار. يسمح http://127.0.0.1/* بالبرامج على حاسوب المستخدم نفسه.',
  allow_user_api_key_client_scopes:
    'النطاقات التي يمكن أن تكون لتطبيق مسجّل. إذا كانت القائمة فارغة، فلا يمكن لأي تطبيق التسجيل.',
  user_api_key_clients_create_per_day: 'الحد الأقصى للتطبيقات التي يمكن لعنوان IP واحد تسجيلها في 24 ساعة.',
  create_user_api_key_client_ip_rate_limit_override_ips: 'عناوين IP يمكنها تسجيل أي عدد من التطبيقات.',
  allowed_user_api_push_urls: 'عناوين الدفع المسموحة، وتُقارن بدقة. يجب أن تستخدم https وعنوان IP عامًا.',
  push_api_secret_key:
    'السر الموجود في كل رسالة دفع، وبه يتعرّف المستقبِل على هذا الموقع. يُنشأ عند التشغيل الأول. لا تشاركه إلا مع المستقبِلين.',
  max_user_api_key_expiry_days: 'أطول مدة صلاحية بالأيام يمكن لتطبيق طلبها.',
  allow_personal_user_api_keys:
    'ما يمكن للمستخدمين إنشاؤه لأنفسهم: لا شيء (none)، أو عناوين موجزات (feeds)، أو عناوين موجزات ومفاتيح شخصية (all).',
  max_personal_user_api_keys: 'الحد الأقصى للمفاتيح الشخصية النشطة لمستخدم.',
  max_app_user_api_keys: 'الحد الأقصى لمفاتيح التطبيقات النشطة لمستخدم.',
  max_user_api_key_approvals_per_hour:
    'الحد الأقصى لمفاتيح التطبيقات التي يمكن لمستخدم الموافقة عليها في ساعة.',
  max_user_api_key_rotation_grace_days:
    'الحد الأقصى للأيام التي يبقى فيها المفتاح القديم صالحًا بعد أن يدوّر مستخدم مفتاحًا شخصيًا؛ 0 يبطله فورًا.',
  cors_origins: 'الأصول التي يمكن لصفحاتها استدعاء هذا الموقع من متصفح بمفتاح، مثل https://app.example.',
  cors_allow_admin_api_keys:
    'ما إذا كان يمكن لصفحات cors_origins إرسال Api-Key. يمكن لكل زائر لصفحة كهذه قراءة المفتاح: أبقِ هذا متوقفًا.',
  revoke_user_api_keys_unused_days: 'تُبطل المفاتيح التي لم تُستخدم طوال هذا العدد من الأيام؛ 0 يوقف ذلك.',
  revoke_user_api_keys_maxlife_days:
    'تُبطل المفاتيح التي مضى على الموافقة عليها أكثر من هذا العدد من الأيام؛ 0 يوقف ذلك.',
  audit_retention_days:
    'عدد الأيام التي تُحفظ فيها أحداث التدقيق والمفاتيح المنتهية والمبطلة. تُحفظ المفاتيح 30 يومًا على الأقل.',
  max_user_api_reqs_per_minute: 'الحد الأقصى للطلبات بمفتاح واحد في أي 60 ثانية.',
  max_user_api_reqs_per_day: 'الحد الأقصى للطلبات بمفتاح واحد في أي 24 ساعة.',
  max_admin_api_reqs_per_minute: 'الحد الأقصى للطلبات بمفتاح مسؤول واحد في أي 60 ثانية.',
  revoke_api_keys_unused_days: 'تُبطل مفاتيح المسؤول التي لم تُستخدم طوال هذا العدد من الأيام؛ 0 يوقف ذلك.',
  oauth_default_scopes: 'النطاقات التي يحصل عليها عميل OAuth إذا لم يطلب أيًا منها.',
  oauth_access_token_lifetime_minutes:
    'عدد الدقائق التي يكون فيها رمز وصول OAuth صالحًا. يجدده العميل من دون المستخدم.',
  oauth_refresh_grace_seconds:
    'عدد الثواني التي يعطي فيها رمز تحديث مستخدم رمزًا آخر، للردود الضائعة والطلبات المتزامنة. الاستخدام بعد ذلك يبطل الوصول.',
  allow_oauth_client_documents: 'ما إذا كان يمكن أن يكون معرّف عميل OAuth هو عنوان https لبياناته الوصفية.',
  oauth_client_document_domains:
    'نطاقات تلك العناوين مع نطاقاتها الفرعية، مثل client.example. إذا كانت القائمة فارغة، فكل النطاقات مسموحة.',
  allow_oauth_client_registration:
    'ما إذا كان يمكن لعملاء OAuth تسجيل أنفسهم. لا يحتاج معظم العملاء إلى ذلك إلا إذا لم يدعموا عناوين البيانات الوصفية.',
  oauth_client_registrations_per_day:
    'الحد الأقصى لعملاء OAuth الذين يمكن لعنوان IP واحد تسجيلهم في 24 ساعة.',
  allow_mcp: 'ما إذا كان يمكن للوكلاء استخدام هذا الموقع عبر MCP، إن كانت فيه أدوات لهم.',
  mcp_disabled_tools: 'أسماء الأدوات التي لا يمكن للوكلاء رؤيتها ولا استدعاؤها، مثل discourse_create_post.',
  mcp_list_askable_tools:
    'ما إذا كان الوكلاء يرون أيضًا الأدوات التي لا يسمح بها وصولهم. يُطلب من الوكيل الذي يستدعي أداة كهذه أن يطلب النطاق الناقص.',
  min_user_api_public_key_bits: 'الحد الأدنى لحجم مفاتيح RSA العامة التي تُشفّر بها الحمولات، بالبت.',
});
