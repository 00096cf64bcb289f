import { html } from 'hono/html';
import type { Messages } from '../messages.ts';

/** The pages on which a user enters the code of a device and decides about its request. */
export const device: Messages['device'] = {
  title: 'ربط جهاز',
  code: 'الرمز',
  codeHint: '8 خانات من الأحرف والأرقام. لا فرق بين الأحرف الكبيرة والصغيرة، ولا أهمية للمسافات والشرطة.',
  continue: 'متابعة',
  codeWarning:
    'لا تُدخل إلا رمزًا يعرضه جهازك أنت الآن. إذا أرسل إليك شخص ما الرمز، فهو يحاول الوصول إلى حسابك. يمكنك مراجعة الطلب في الصفحة التالية.',
  problems: {
    invalid_code: 'هذا الرمز غير صحيح. قارنه بالرمز على جهازك وأدخله مرة أخرى.',
    expired_code: 'انتهت صلاحية هذا الطلب، أو سبقت الموافقة عليه أو رفضه. ابدأ من جديد على الجهاز.',
    no_trust_level: 'لا يحق لحسابك الموافقة على تطبيقات في هذا الموقع.',
  },
  linkWarning: ({ app }) =>
    html`لا توافق إلا إذا شغّلت <bdi>${app}</bdi> على جهازك أنت قبل قليل. إذا أرسل إليك شخص ما هذا الرابط، فموافقتك تتيح لجهازه الوصول إلى حسابك.`,
  enteredCodeWarning: ({ app }) =>
    html`لا توافق إلا إذا شغّلت <bdi>${app}</bdi> على جهازك أنت قبل قليل. إذا أرسل إليك شخص ما الرمز، فموافقتك تتيح لجهازه الوصول إلى حسابك.`,
  requestedFrom: 'مصدر الطلب',
  sameIpAddress: ({ ipAddress }) => html`<bdi>${ipAddress}</bdi>، عنوان IP نفسه الذي تستخدمه`,
  requested: 'وقت الطلب',
  toDecline: 'للرفض، أغلق هذه الصفحة. تنتهي صلاحية الطلب من دون إدخال الرمز.',
  done: {
    title: 'تم ربط الجهاز',
    heading: 'تم ربط جهازك',
    meaning: ({ app }) => html`سيتابع <bdi>${app}</bdi> خلال ثوانٍ. يمكنك إغلاق هذه الصفحة.`,
  },
};
