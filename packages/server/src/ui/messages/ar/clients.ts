import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page about registered clients. */
export const clients = (format: Format): Messages['clients'] => ({
  title: 'التطبيقات المسجّلة',
  meaning:
    'سجّلت هذه التطبيقات نفسها باسم ومفتاح عام وعنوان إعادة توجيه. لم يراجعها أحد: لا يثبت التسجيل إلا أنه التطبيق نفسه في كل مرة.',
  closed: ({ setting }) => html`لا يمكن لأي تطبيق التسجيل حاليًا: ${setting} فارغ.`,
  none: 'لا توجد تطبيقات مسجّلة.',
  noneOnThisPage: 'لا توجد تطبيقات مسجّلة في هذه الصفحة.',
  older: 'الأقدم',
  unknownScope: 'بلا وصول: لم يعد هذا النطاق موجودًا في هذا الموقع',
  clientId: 'معرّف العميل',
  keysSentTo: 'ستُرسل المفاتيح إلى',
  invalidRedirect: ({ redirect }) => html`عنوان إعادة توجيه غير صالح: ${redirect}`,
  redirectNotAllowed:
    'لا تسمح الإعدادات بعنوان إعادة التوجيه هذا. يرفض هذا الموقع طلبات التطبيق التي تحتوي عليه.',
  redirectNotAddable:
    'لا تسمح الإعدادات بعنوان إعادة التوجيه هذا، ولا يوجد نمط يسمح بهذا العنوان وحده. اطلب من المطوّر تسجيل عنوان آخر.',
  allowRedirect: 'السماح بإعادة التوجيه هذه',
  allowRedirectMeaning: ({ redirect }) =>
    html`سيتمكن عندئذ أي تطبيق من طلب مفاتيح تُرسل إلى ${redirect}. تحقق من أن المضيف يعود إلى تطبيق تثق به. قد يعود اسم مشابه إلى مهاجم.`,
  registered: 'تاريخ التسجيل',
  registeredFrom: ({ at, ipAddress }) => html`${at}، من <bdi>${ipAddress}</bdi>`,
  activeKeys: 'المفاتيح النشطة',
  block: ({ app }) => html`حظر<span class="unseen"> ${app}</span>…`,
  delete: ({ app }) => html`حذف<span class="unseen"> ${app}</span>…`,
  deleteMeaning: ({ activeKeys }) =>
    format.plural(activeKeys, {
      zero: 'لا يملك أي مستخدم مفتاحًا نشطًا لهذا التطبيق.',
      one: 'يملك مستخدم واحد مفتاحًا نشطًا لهذا التطبيق. يستمر في العمل حتى يُبطل.',
      two: 'يملك مستخدمان مفاتيح نشطة لهذا التطبيق. تستمر في العمل حتى تُبطل.',
      few: 'يملك # مستخدمين مفاتيح نشطة لهذا التطبيق. تستمر في العمل حتى تُبطل.',
      many: 'يملك # مستخدمًا مفاتيح نشطة لهذا التطبيق. تستمر في العمل حتى تُبطل.',
      other: 'يملك # مستخدم مفاتيح نشطة لهذا التطبيق. تستمر في العمل حتى تُبطل.',
    }),
  deleteHint: 'يجب أن يسجّل التطبيق نفسه من جديد للحصول على مفاتيح جديدة. لمنعه من ذلك، احظره.',
  deleteRegistration: 'حذف التسجيل',
  deleteRegistrationOf: ({ app }) => `حذف تسجيل ${app}`,
});
