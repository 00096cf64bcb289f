import { describeError } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import { createErrorTexts, type PageErrors } from '../error-texts.ts';
import type { Messages } from '../messages.ts';
import { errors } from './errors.ts';
import { isolate, isolateAll, isolateValue } from './isolate.ts';
import { reasons } from './reasons.ts';

const isolated = Object.fromEntries(
  Object.entries(errors).map(([code, [sentence, advice]]) => [code, [isolate(sentence), isolate(advice)]]),
) as unknown as PageErrors;

/** The errors and reasons in Arabic. */
export const errorTexts = createErrorTexts({
  language: 'ar',
  errors: isolated,
  reasons: isolateAll(reasons),
  item: isolateValue,
});

/** Texts of several pages, and of the error page. */
export const common: Messages['common'] = {
  signedInAs: ({ username }) => html`تم تسجيل دخولك باسم <strong><bdi>${username}</bdi></strong>.`,
  language: 'اللغة',
  changeLanguage: 'تغيير',
  switchAccount: 'ليس حسابك؟ بدّل الحساب',
  approve: 'موافقة',
  decline: 'رفض',
  copy: 'نسخ',
  copied: 'تم النسخ.',
  copyFailed: 'لم يسمح المتصفح بالنسخ. النص محدد: انسخه بلوحة المفاتيح.',
  key: 'المفتاح',
  copyKey: 'نسخ المفتاح',
  tryIt: 'أمر للاختبار',
  copyCommand: 'نسخ الأمر',
  yourApps: 'تطبيقاتك',
  yourFeeds: 'موجزاتك',
  manageInApps: ({ link }) => html`يمكنك إبطال الوصول في أي وقت من ${link('تطبيقاتك')}.`,
  lastUse: ({ ago, ipAddress, userAgent }) =>
    userAgent === null || userAgent === ''
      ? html`${ago}، من <bdi>${ipAddress}</bdi>`
      : html`${ago}، من <bdi>${ipAddress}</bdi> باستخدام <bdi>${userAgent}</bdi>`,
  never: 'لا يوجد',
  expires: 'انتهاء الصلاحية',
  dangerousScope: 'خطورة عالية: لا تسمح بهذا إلا إذا كنت تثق بالتطبيق ثقة تامة.',
  destination: {
    thisPage: ({ app }) => html`صفحة تنسخه منها إلى <bdi>${app}</bdi>`,
    thisComputer: ({ host }) => html`برنامج على هذا الحاسوب (<code>${host}</code>)`,
    appLink: ({ scheme }) => html`تطبيق على هذا الجهاز يفتح روابط <code>${scheme}:</code>`,
  },
  error: {
    title: 'حدث خطأ ما',
    code: ({ code }) => html`رمز الخطأ، لمطوّر التطبيق: <code>${code}</code>`,
    describe: (code, details) => describeError(code, details, errorTexts),
  },
};
