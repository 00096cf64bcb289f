import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The form for a personal key, and the page that shows a new one. */
export const personalKeys = (format: Format): Messages['personalKeys'] => ({
  form: {
    title: 'مفتاح جديد',
    heading: 'إنشاء مفتاح شخصي',
    meaning:
      'لبرنامجك أو نصك البرمجي الخاص. كل من لديه المفتاح يمكنه التصرف باسمك، ضمن الأذونات التي تحددها.',
    name: 'الاسم',
    scopes: 'الأذونات',
    dangerousScope: 'خطورة عالية: احفظ هذا المفتاح كما تحفظ كلمة مرورك.',
    expiry: 'مدة الصلاحية',
    days: ({ days }) => format.duration(days * 86_400),
    noExpiry: 'بلا انتهاء صلاحية',
    ipAddresses: 'عناوين IP المسموح بها (اختياري)',
    ipAddressesHint: ({ ipAddress }) =>
      html`عناوين IP وشبكات، مثل <bdi>203.0.113.7</bdi> أو <bdi>2001:db8::/32</bdi>، تفصل بينها مسافات. عنوانك هو
        <bdi>${ipAddress}</bdi>. إذا تُرك الحقل فارغًا، يعمل المفتاح من أي عنوان IP.`,
    forAgents: 'للوكلاء أيضًا: يمكن لبرنامج يتحكم فيه نموذج لغوي استخدام هذا المفتاح عبر MCP.',
    create: 'إنشاء المفتاح',
  },
  created: {
    title: 'مفتاحك الجديد',
    rotatedTitle: 'تم تدوير المفتاح',
    heading: ({ name }) => html`مفتاحك لـ <bdi>${name}</bdi>`,
    environment: 'لملف \u2066.env\u2069 والأمر valetkey',
    copyEnvironment: 'نسخ الأسطر لملف \u2066.env\u2069',
    onlyNow: 'يُعرض المفتاح مرة واحدة فقط. انسخه الآن ولا تشاركه.',
    oldKeyWorksUntil: ({ until }) => html`يعمل المفتاح القديم حتى ${until}. استبدله في كل مكان قبل ذلك.`,
    oldKeyStopped: 'لم يعد المفتاح القديم يعمل. استبدله في كل مكان.',
    expires: ({ at }) => html`تنتهي صلاحية هذا المفتاح في ${at}.`,
    neverExpires: 'لا تنتهي صلاحية هذا المفتاح.',
    revoke: ({ link }) => html`يمكنك إبطاله من ${link('تطبيقاتك')}.`,
  },
});
