import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page on which an admin finds and revokes the keys of all users. */
export const userKeys = (format: Format): Messages['userKeys'] => ({
  title: 'مفاتيح المستخدمين',
  meaning: 'المفاتيح النشطة لكل المستخدمين. اتصالات تطبيقات OAuth نوع مستقل.',
  user: 'المستخدم',
  name: 'اسم التطبيق',
  clientId: 'معرّف العميل',
  redirect: 'إعادة التوجيه',
  scope: 'الإذن',
  kind: 'النوع',
  unusedDays: 'أيام عدم الاستخدام',
  expiresDays: 'الأيام حتى الانتهاء',
  any: 'أي قيمة',
  show: 'عرض',
  showAll: 'عرض الكل',
  none: 'لا يوجد مفتاح مطابق.',
  older: 'الأقدم',
  export: 'تنزيل بصيغة CSV',
  select: ({ app, user }) => `تحديد ${app} (${user})`,
  columns: {
    app: 'التطبيق',
    user: 'المستخدم',
    permissions: 'الأذونات',
    lastUsed: 'آخر استخدام',
    expires: 'انتهاء الصلاحية',
  },
  by: ({ kind, created }) => html`${kind}، منذ ${created}`,
  revokeSelected: 'إبطال المفاتيح المحددة',
  revokeMatching: ({ count }) =>
    format.plural(count, {
      zero: 'إبطال مفاتيح هذه الصفحة',
      one: 'إبطال مفتاح هذه الصفحة',
      two: 'إبطال مفتاحي هذه الصفحة',
      few: 'إبطال مفاتيح هذه الصفحة كلها (#)',
      many: 'إبطال مفاتيح هذه الصفحة كلها (#)',
      other: 'إبطال مفاتيح هذه الصفحة كلها (#)',
    }),
  revokeMeaning: 'تتوقف المفاتيح المبطلة عن العمل فورًا. لا يستطيع استعادتها إلا مسؤول.',
  revokeConnectionsMeaning: 'تنتهي الاتصالات المبطلة فورًا. يجب على تطبيقاتها أن تتصل من جديد.',
  revoked: ({ count }) =>
    format.plural(count, {
      zero: 'لم يُبطل أي مفتاح.',
      one: 'أُبطل مفتاح واحد.',
      two: 'أُبطل مفتاحان.',
      few: 'أُبطلت # مفاتيح.',
      many: 'أُبطل # مفتاحًا.',
      other: 'أُبطل # مفتاح.',
    }),
});
