import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The page on which admins register and block OAuth clients. */
export const oauthClients: Messages['oauthClients'] = {
  title: 'عملاء OAuth',
  meaning:
    'تطبيقات تستخدم OAuth أو تسجيل الدخول عبر OpenID Connect. تظهر هنا التطبيقات المعرَّفة بعنوان URL عندما يوافق عليها مستخدم. احظر تطبيقًا لإنهاء وصوله.',
  none: 'لا يوجد عملاء OAuth بعد.',
  older: 'الأقدم',
  registered: ({ app }) => html`تم تسجيل <bdi>${app}</bdi>. أدخل هذه القيم في التطبيق:`,
  secretOnlyNow: 'سر العميل. يُعرض الآن فقط.',
  copySecret: 'نسخ السر',
  kinds: {
    registered: 'سجّله مسؤول.',
    dynamic: 'سجّل نفسه. لم يتحقق أحد من اسمه.',
    document: 'يُعرَّف بعنوان URL لبياناته الوصفية. لم يتحقق أحد من اسمه.',
  },
  blocked: 'محظور',
  blockEverywhere: ({ app }) => html`حظر<span class="unseen"> ${app}</span> في الموقع كله…`,
  blockedEverywhere: ({ value, reason }) =>
    html`حظر <bdi>${value}</bdi> يوقف هذا التطبيق في الموقع كله: «<bdi>${reason}</bdi>».`,
  clientId: 'معرّف العميل',
  redirects: 'عناوين إعادة التوجيه',
  authentication: 'المصادقة',
  public: 'بلا مصادقة، مع PKCE',
  confidential: 'سر العميل، مع PKCE',
  withoutPkce: 'سر العميل، و PKCE اختياري',
  since: 'منذ',
  activeGrants: 'الاتصالات النشطة',
  block: 'حظر',
  unblock: 'إلغاء الحظر',
  refresh: 'إعادة تحميل بياناته الوصفية',
  delete: 'حذف',
  deleteMeaning: 'ينتهي وصوله فورًا. يمكن الموافقة من جديد على تطبيق له عنوان URL؛ احظره لمنع ذلك.',
  form: {
    heading: 'تسجيل عميل',
    name: 'الاسم',
    redirects: 'عناوين URL لإعادة التوجيه',
    redirectsHint:
      'عنوان في كل سطر، كما يرسله التطبيق تمامًا. يسمح \u2066http://127.0.0.1/callback\u2069 بكل المنافذ.',
    afterSignOut: 'عناوين URL للعودة بعد تسجيل الخروج، إن كان التطبيق يستخدمها. عنوان في كل سطر.',
    kind: 'أين يعمل؟',
    public: 'على جهاز المستخدم أو في متصفح: لا يستطيع حفظ سر.',
    confidential: 'على خادم: يحصل على سر.',
    withoutPkce: 'على خادم، ببرنامج لا يدعم PKCE: يحصل على سر.',
    register: 'تسجيل',
  },
};
