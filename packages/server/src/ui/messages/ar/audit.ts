import { html } from 'hono/html';
import type { AuditAction } from '../../../core/audit/audit-event.ts';
import type { Html } from '../../html.ts';
import type { Event } from '../en/audit.ts';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** In parentheses, because names in Latin letters follow no Arabic preposition well. */
const account = (owner: Html | null) => (owner === null ? '' : html` (الحساب: ${owner})`);

const events: Readonly<Record<AuditAction, (event: Event) => Html>> = {
  key_approved: ({ actor, subject, owner }) => html`وافق ${actor} على التطبيق ${subject}${account(owner)}`,
  key_declined: ({ actor, subject, owner }) => html`رفض ${actor} التطبيق ${subject}${account(owner)}`,
  key_revoked: ({ actor, subject, owner }) => html`أبطل ${actor} المفتاح ${subject}${account(owner)}`,
  key_revoked_unused: ({ actor, subject, owner }) =>
    html`أبطل ${actor} المفتاح غير المستخدم ${subject}${account(owner)}`,
  key_revoked_too_old: ({ actor, subject, owner }) =>
    html`أبطل ${actor} المفتاح ${subject}${account(owner)} بسبب قدمه`,
  key_restored: ({ actor, subject, owner }) => html`استعاد ${actor} المفتاح ${subject}${account(owner)}`,
  key_renamed: ({ actor, subject, owner }) => html`غيّر ${actor} اسم مفتاح إلى ${subject}${account(owner)}`,
  key_rotated: ({ actor, subject, owner }) => html`دوّر ${actor} المفتاح ${subject}${account(owner)}`,
  key_renewed: ({ actor, subject, owner }) => html`مدّد ${actor} المفتاح ${subject}${account(owner)}`,
  key_revoked_itself: ({ actor, subject, owner }) => html`أبطل ${actor} مفتاحه: ${subject}${account(owner)}`,
  one_time_password_approved: ({ actor, subject, owner }) =>
    html`سمح ${actor} لتطبيق ${subject} بتسجيل دخوله مرة واحدة${account(owner)}`,
  one_time_password_used: ({ actor, subject }) =>
    html`سُجّل دخول ${actor} عبر ${subject} بكلمة مرور لمرة واحدة`,
  client_id_sent: ({ subject, owner }) => html`يستخدم مفتاح معرّف عميل آخر: ${subject}${account(owner)}`,
  client_registered: ({ actor, subject }) => html`سجّل ${actor} نفسه باسم ${subject}`,
  client_deleted: ({ actor, subject }) => html`حذف ${actor} تسجيل ${subject}`,
  client_icon_saved: ({ actor, subject }) => html`عيّن ${actor} أيقونة للتطبيق ${subject}`,
  client_icon_deleted: ({ actor, subject }) => html`أزال ${actor} أيقونة التطبيق ${subject}`,
  app_blocked: ({ actor, subject }) => html`حظر ${actor} التطبيق ${subject} في هذا الموقع`,
  app_unblocked: ({ actor, subject }) => html`ألغى ${actor} حظر التطبيق ${subject}`,
  personal_key_made: ({ actor, subject, owner }) =>
    html`أنشأ ${actor} المفتاح الشخصي ${subject}${account(owner)}`,
  feed_subscribed: ({ actor, subject, owner }) =>
    html`أنشأ ${actor} عنوانًا للموجز ${subject}${account(owner)}`,
  feed_unsubscribed: ({ actor, subject, owner }) =>
    html`أزال ${actor} عنوان الموجز ${subject}${account(owner)}`,
  admin_key_created: ({ actor, subject, owner }) =>
    html`أنشأ ${actor} مفتاح المسؤول ${subject}${account(owner)}`,
  admin_key_revoked: ({ actor, subject, owner }) =>
    html`أبطل ${actor} مفتاح المسؤول ${subject}${account(owner)}`,
  admin_key_revoked_unused: ({ actor, subject, owner }) =>
    html`أبطل ${actor} مفتاح المسؤول غير المستخدم ${subject}${account(owner)}`,
  admin_key_restored: ({ actor, subject, owner }) =>
    html`استعاد ${actor} مفتاح المسؤول ${subject}${account(owner)}`,
  admin_key_deleted: ({ actor, subject, owner }) =>
    html`حذف ${actor} مفتاح المسؤول ${subject}${account(owner)}`,
  oauth_grant_replayed: ({ subject, owner }) =>
    html`استُخدم رمز تابع لتطبيق ${subject}${account(owner)} مرتين، فأُبطل وصوله`,
  oauth_client_registered: ({ actor, subject }) => html`سجّل ${actor} عميل OAuth ${subject}`,
  oauth_client_blocked: ({ actor, subject }) => html`حظر ${actor} عميل OAuth ${subject}`,
  oauth_client_unblocked: ({ actor, subject }) => html`ألغى ${actor} حظر عميل OAuth ${subject}`,
  oauth_client_deleted: ({ actor, subject }) => html`حذف ${actor} عميل OAuth ${subject}`,
  mcp_tool_called: ({ subject, owner }) => html`استدعى وكيل أداة${account(owner)}: ${subject}`,
  setting_changed: ({ actor, subject }) => html`غيّر ${actor} الإعداد ${subject}`,
  user_erased: ({ actor, subject }) => html`محا ${actor} مستخدمًا (${subject})`,
  database_restored: ({ actor, subject }) => html`استعاد ${actor} قاعدة البيانات (${subject})`,
};

const actions: Readonly<Record<AuditAction, string>> = {
  key_approved: 'الموافقة على تطبيق',
  key_declined: 'رفض تطبيق',
  key_revoked: 'إبطال مفتاح',
  key_revoked_unused: 'إبطال مفتاح غير مستخدم',
  key_revoked_too_old: 'إبطال مفتاح قديم',
  key_restored: 'استعادة مفتاح',
  key_renamed: 'تغيير اسم مفتاح',
  key_rotated: 'تدوير مفتاح',
  key_renewed: 'تمديد مفتاح',
  key_revoked_itself: 'إبطال مفتاح من قِبل تطبيقه',
  one_time_password_approved: 'الموافقة على تسجيل دخول لمرة واحدة',
  one_time_password_used: 'استخدام تسجيل دخول لمرة واحدة',
  client_id_sent: 'تغيير معرّف العميل من قِبل التطبيق',
  client_registered: 'تسجيل تطبيق',
  client_deleted: 'حذف تسجيل تطبيق',
  client_icon_saved: 'تعيين أيقونة لتطبيق',
  client_icon_deleted: 'إزالة أيقونة تطبيق',
  app_blocked: 'حظر تطبيق',
  app_unblocked: 'إلغاء حظر تطبيق',
  personal_key_made: 'إنشاء مفتاح شخصي',
  feed_subscribed: 'إنشاء عنوان موجز',
  feed_unsubscribed: 'إزالة عنوان موجز',
  admin_key_created: 'إنشاء مفتاح مسؤول',
  admin_key_revoked: 'إبطال مفتاح مسؤول',
  admin_key_revoked_unused: 'إبطال مفتاح مسؤول غير مستخدم',
  admin_key_restored: 'استعادة مفتاح مسؤول',
  admin_key_deleted: 'حذف مفتاح مسؤول',
  oauth_grant_replayed: 'استخدام رمز OAuth مرتين',
  oauth_client_registered: 'تسجيل عميل OAuth',
  oauth_client_blocked: 'حظر عميل OAuth',
  oauth_client_unblocked: 'إلغاء حظر عميل OAuth',
  oauth_client_deleted: 'حذف عميل OAuth',
  mcp_tool_called: 'استدعاء أداة من قِبل وكيل',
  setting_changed: 'تغيير إعداد',
  user_erased: 'محو مستخدم',
  database_restored: 'استعادة قاعدة البيانات',
};

/** The page with the audit log. */
export const audit = (format: Format): Messages['audit'] => ({
  title: 'سجل التدقيق',
  meaning: ({ link, days }) =>
    html`التغييرات التي أجراها المستخدمون والتطبيقات والموقع على المفاتيح والتطبيقات والإعدادات. مدة الحفظ:
      ${link(
        format.plural(days, {
          zero: 'بلا حفظ',
          one: 'يوم واحد',
          two: 'يومان',
          few: '# أيام',
          many: '# يومًا',
          other: '# يوم',
        }),
      )}. يُسجَّل استدعاء الوكلاء للأدوات، ولا يُسجَّل أي استخدام آخر للمفاتيح ولا أي سر.`,
  user: 'المستخدم',
  action: 'الإجراء',
  anyAction: 'أي إجراء',
  subject: 'الاسم يحتوي على',
  from: 'من (UTC)',
  until: 'إلى (UTC)',
  show: 'عرض',
  showAll: 'عرض الكل',
  exportCsv: 'تنزيل بصيغة CSV',
  exportJsonLines: 'تنزيل بصيغة JSON Lines',
  noMatch: 'لا توجد أحداث مطابقة.',
  none: 'لا توجد أحداث بعد.',
  newest: 'الأحدث',
  older: 'الأقدم',
  theSite: 'الموقع',
  anApp: 'تطبيق',
  actions,
  events,
  where: ({ at, ipAddress, keyId }) => {
    const from = ipAddress === null ? '' : html`، من <bdi>${ipAddress}</bdi>`;
    return html`${at}${from}${keyId === null ? '' : `، المفتاح ${keyId}`}`;
  },
});
