import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** How keys were used in the last 30 days. */
export const usage = (format: Format): Messages['usage'] => ({
  title: 'الاستخدام في آخر 30 يومًا',
  count: ({ count }) =>
    format.plural(count, {
      zero: 'لا طلبات',
      one: 'طلب واحد',
      two: 'طلبان',
      few: '# طلبات',
      many: '# طلبًا',
      other: '# طلب',
    }),
  chart: ({ count, most }) =>
    `${format.plural(count, {
      zero: 'لا طلبات مسموح بها في 30 يومًا',
      one: 'طلب واحد مسموح به في 30 يومًا',
      two: 'طلبان مسموح بهما في 30 يومًا',
      few: '# طلبات مسموح بها في 30 يومًا',
      many: '# طلبًا مسموحًا به في 30 يومًا',
      other: '# طلب مسموح به في 30 يومًا',
    })}. أكبر عدد في يوم واحد: ${most}.`,
  asTable: 'عرض كجدول',
  day: 'اليوم (UTC)',
  allowed: 'مسموح به',
  refused: 'مرفوض',
  refusedTimes: ({ count, reason }) =>
    format.plural(count, {
      zero: `لم يُرفض في آخر 7 أيام: ${reason}`,
      one: `رُفض مرة واحدة في آخر 7 أيام: ${reason}`,
      two: `رُفض مرتين في آخر 7 أيام: ${reason}`,
      few: `رُفض # مرات في آخر 7 أيام: ${reason}`,
      many: `رُفض # مرة في آخر 7 أيام: ${reason}`,
      other: `رُفض # مرة في آخر 7 أيام: ${reason}`,
    }),
  reasons: {
    scope_insufficient: 'ينقصه الإذن',
    rate_limited: 'طلبات كثيرة جدًا',
    address_not_allowed: 'عنوان IP غير مسموح به',
    key_not_allowed_in_url: 'أُرسل المفتاح في رابط',
    key_revoked: 'المفتاح مُبطل',
    key_expired: 'المفتاح منتهي الصلاحية',
    app_blocked: 'حظر مسؤول التطبيق',
    user_suspended: 'الحساب موقوف',
  },
  otherReason: ({ code }) => `الخطأ ${code}`,
});
