import type { Messages } from '../messages.ts';

/** The page that lists a user's feeds, and the page with a new feed URL. */
export const feeds: Messages['feeds'] = {
  title: 'الموجزات',
  meaning:
    'لكل موجز عنوان URL خاص به، يجلبه تطبيق تقويم أو قارئ موجزات من دون تسجيل الدخول. يتيح العنوان الوصول إلى ذلك الموجز فقط.',
  notOffered: 'لا ينشئ هذا الموقع عناوين موجزات جديدة حاليًا. تستمر عناوينك الحالية في العمل.',
  none: 'لا توجد موجزات في هذا الموقع.',
  noUrl: 'ليس لديك عنوان لهذا الموجز.',
  noUrlNotOffered: 'ليس لديك عنوان لهذا الموجز، ولا يمكن لهذا الموقع إنشاء عنوان له.',
  created: 'تاريخ إنشاء العنوان',
  lastFetched: 'آخر جلب',
  resetMeaning: 'تنشئ إعادة التعيين عنوانًا جديدًا، ويتوقف العنوان الحالي عن العمل.',
  subscribe: 'اشتراك',
  subscribeTo: ({ feed }) => `اشتراك: ${feed}`,
  reset: 'إعادة تعيين',
  resetFeed: ({ feed }) => `إعادة تعيين: ${feed}`,
  remove: 'إزالة',
  removeFeed: ({ feed }) => `إزالة: ${feed}`,
  newUrl: {
    title: 'عنوان موجزك',
    onlyNow:
      'يُعرض العنوان مرة واحدة فقط. كل من لديه العنوان يمكنه قراءة هذا الموجز باسمك: لا تعطه إلا لتطبيق التقويم أو قارئ الموجزات لديك. إذا تسرّب، فأعد تعيينه.',
    copy: ({ feed }) => `نسخ: ${feed}`,
    open: 'فتح في تطبيق التقويم',
    google: 'إضافة إلى تقويم Google',
    outlook: 'إضافة إلى Outlook.com',
    calendarsRead: 'عندئذ تحفظ Google أو Microsoft العنوان وتقرأ الموجز كل بضع ساعات.',
  },
};
