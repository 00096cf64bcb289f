import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The pages on which a user decides about a key or a one-time password. */
export const consent = (format: Format): Messages['consent'] => ({
  title: ({ app }) => `هل تسمح لتطبيق \u2068${app}\u2069 بالوصول؟`,
  heading: ({ app }) => html`هل تسمح لتطبيق <bdi>${app}</bdi> بالوصول إلى حسابك؟`,
  unverifiedApp: 'تطبيق غير موثّق: اختار هذا الاسم بنفسه.',
  unknown: {
    check: 'يمكن لأي جهة استخدام هذا الاسم. لا توافق إلا إذا صحّ كل ما يلي:',
    started: ({ app }) => html`أنت من شغّل <bdi>${app}</bdi> قبل قليل.`,
    host: ({ app, host }) => html`<code class="host">${host}</code> هو موقع <bdi>${app}</bdi>: كل حرف مطابق.`,
    needs: 'يحتاج التطبيق إلى كل هذه الأذونات لما تريد فعله.',
  },
  scopes: 'سيتمكن التطبيق من',
  optionalScopes: 'يمكنك إلغاء تحديد أذونات. يتلقى التطبيق قائمة الأذونات التي تسمح بها.',
  risks: { read: 'قراءة', change: 'تغيير', dangerous: 'خطورة عالية' },
  newScope: 'جديد',
  keySentTo: ({ destination }) => html`إذا وافقت، يرسل متصفحك المفتاح إلى ${destination}.`,
  noExpiry: 'لا تنتهي؛ يعمل المفتاح حتى تبطله',
  expiry: ({ at, seconds }) => html`${at} (المدة: ${format.duration(seconds)})`,
  earlier: 'اختيار موعد انتهاء أقرب',
  endsAfter: 'مدة صلاحية المفتاح',
  asRequested: 'المدة المطلوبة',
  replaces: 'يحل محل',
  replacedKey: ({ approved, lastUsed }) =>
    lastUsed === null
      ? html`المفتاح الذي تمت الموافقة عليه في ${approved} ولم يُستخدم قط؛ سيتوقف عن العمل`
      : html`المفتاح الذي تمت الموافقة عليه في ${approved} وآخر استخدام له ${lastUsed}؛ سيتوقف عن العمل`,
  urlKey: 'يعمل داخل رابط',
  urlKeyMeaning:
    'يمكن أن يكون المفتاح جزءًا من عنوان URL، في تطبيق تقويم مثلًا. كل من لديه هذا العنوان يمكنه قراءة البيانات نفسها. أبطل المفتاح إذا حصل شخص آخر على العنوان.',
  notifications: 'ستُرسل الإشعارات إلى',
  password: 'لا يحصل التطبيق على كلمة مرورك.',
  declined: {
    title: 'تم الرفض',
    meaning: ({ app }) => html`لم يُمنح <bdi>${app}</bdi> حق الوصول. إذا غيّرت رأيك، فابدأ من جديد من التطبيق.`,
    back: ({ site }) => `العودة إلى \u2068${site}\u2069`,
  },
  payload: {
    title: 'انسخ هذا إلى التطبيق',
    heading: ({ app }) => html`انسخ هذا إلى <bdi>${app}</bdi>`,
    instructions: ({ app }) => html`المفتاح مشفّر: لا يقرؤه إلا <bdi>${app}</bdi>. انسخ النص كله والصقه هناك.`,
    label: 'المفتاح المشفّر',
    problem: 'إذا تعذّر على التطبيق قراءة هذا النص، فابدأ من جديد من التطبيق.',
  },
  oneTimePassword: {
    title: ({ app }) => `هل تسمح لتطبيق \u2068${app}\u2069 بتسجيل دخولك؟`,
    heading: ({ app }) => html`هل تسمح لتطبيق <bdi>${app}</bdi> بتسجيل دخولك مرة واحدة؟`,
    meaning: ({ site }) =>
      html`سيحصل التطبيق على رابط يفتح <bdi>${site}</bdi> باسمك، مع وصول كامل إلى حسابك. يعمل الرابط مرة واحدة، خلال 10 دقائق.`,
    linkSentTo: ({ destination }) => html`إذا وافقت، يرسل متصفحك الرابط إلى ${destination}.`,
    toDecline: 'للرفض، أغلق هذه الصفحة.',
  },
});
