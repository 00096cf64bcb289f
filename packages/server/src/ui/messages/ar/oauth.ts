import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The consent page of OAuth clients, and their grants on the page of apps. */
export const oauth: Messages['oauth'] = {
  callsItself: ({ app }) => html`يسمّي التطبيق نفسه «<bdi>${app}</bdi>».`,
  describedBy: ({ host }) => html`لم يتحقق أحد من هذا الاسم. المؤكد هو العنوان <code>${host}</code> فقط.`,
  anyoneOnThisComputer:
    'لم يرسلك إلى هنا برنامج آخر على هذا الحاسوب. يمكن لأي برنامج عليه استخدام هذا الاسم.',
  otherComputer:
    'إذا كان التطبيق يعمل على حاسوب آخر، فلن يتمكن متصفحك من الوصول إليه. ارفض الطلب، وسجّل دخول التطبيق برمز. لا تنسخ أبدًا العنوان الذي يعرضه متصفحك بعد الموافقة، فهو يتيح الوصول إلى حسابك.',
  refusedScopes: ({ scopes }) => html`طلب التطبيق أيضًا: ${scopes}. لا يمنح هذا الموقع ذلك للتطبيقات.`,
  answerSentTo: ({ destination }) => html`إذا وافقت، يرسل متصفحك الرد إلى ${destination}.`,
  signIn: 'سيعرف التطبيق',
  identity: {
    openid: 'أن لديك حسابًا هنا، لتسجيل دخولك',
    profile: 'اسمك وصورتك',
    email: 'عنوان بريدك الإلكتروني',
  },
  connected: 'متصل منذ',
  replace: 'قطع الاتصالات السابقة لهذا التطبيق',
  nextTime: 'في المرة القادمة',
  remember: 'تسجيل دخولي إلى هذا التطبيق من دون سؤالي مجددًا، حتى أقطع اتصاله',
  approved: 'تاريخ الاتصال',
  clientId: 'معرّف العميل',
  signOut: {
    title: ({ site }) => `تسجيل الخروج من \u2068${site}\u2069`,
    question: ({ site }) => html`يطلب تطبيق تسجيل خروجك من <bdi>${site}</bdi>.`,
    ownQuestion: ({ site }) => html`هل تريد تسجيل الخروج من <bdi>${site}</bdi>؟`,
    meaning: 'تحتفظ التطبيقات التي ربطتها بإمكانية الوصول.',
    button: 'تسجيل الخروج',
    done: 'تم تسجيل خروجك',
    doneMeaning: 'يمكنك إغلاق هذه الصفحة.',
  },
};
