import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The frame of the admin pages, and the overview. */
export const admin = (format: Format): Messages['admin'] => ({
  navigation: 'المفاتيح والتطبيقات',
  pages: {
    overview: 'نظرة عامة',
    settings: 'الإعدادات',
    redirects: 'إعادة التوجيه',
    keys: 'مفاتيح المستخدمين',
    adminKeys: 'مفاتيح المسؤول',
    clients: 'التطبيقات المسجّلة',
    oauthClients: 'عملاء OAuth',
    tools: 'أدوات الوكلاء',
    blocks: 'التطبيقات المحظورة',
    audit: 'سجل التدقيق',
  },
  deletedUser: ({ id }) => html`مستخدم محذوف (<bdi>${id}</bdi>)`,
  overview: {
    heading: 'المفاتيح والتطبيقات',
    disabled: ({ setting }) =>
      html`لا يمكن للتطبيقات طلب مفاتيح: <code>${setting}</code> معطّل. تستمر المفاتيح الحالية في العمل.`,
    about: {
      settings:
        'الأذونات التي يمكن للتطبيقات طلبها، وعناوين إعادة التوجيه المسموح بها، وانتهاء الصلاحية والحدود.',
      redirects: 'ما يسمح به نمط إعادة التوجيه، والتطبيقات التي تستخدمه، ونمط أكثر أمانًا.',
      keys: 'ما يتصرف، ونيابةً عمّن: ابحث عن المفاتيح حسب المستخدم أو التطبيق أو الإذن أو آخر استخدام، وأبطلها.',
      adminKeys: 'مفاتيح لنصوصك البرمجية، بوصول كامل أو للقراءة فقط أو محدد.',
      clients: 'تطبيقات سُجّلت مرة واحدة لكل مستخدميها.',
      oauthClients: 'تطبيقات تستخدم OAuth أو تسجّل دخول المستخدمين بحساباتهم في هذا الموقع.',
      tools: 'ما يمكن للوكلاء استدعاؤه نيابةً عن المستخدمين. عطّل الأدوات واحدة واحدة.',
      blocks: 'تطبيقات لا يمكن لأي مستخدم في هذا الموقع استخدامها.',
      audit: 'من وافق على شيء أو أبطله أو سجّله أو غيّره، ومتى، ومن أي عنوان IP.',
    },
    usage: 'الطلبات بمفاتيح المستخدمين في آخر 30 يومًا',
    unusual: 'الأكثر رفضًا في آخر 7 أيام',
    refusedOften: ({ app, user, count }) =>
      html`${app} (${user}): ${format.plural(count, {
        zero: 'لا طلبات',
        one: 'طلب واحد',
        two: 'طلبان',
        few: '# طلبات',
        many: '# طلبًا',
        other: '# طلب',
      })}`,
    manyNetworks: 'المستخدمة من شبكات كثيرة في آخر 7 أيام',
    usedFrom: ({ app, user, count }) =>
      html`${app} (${user}): ${format.plural(count, {
        zero: 'لا شبكات في يوم واحد',
        one: 'شبكة واحدة في يوم واحد',
        two: 'شبكتان في يوم واحد',
        few: '# شبكات في يوم واحد',
        many: '# شبكة في يوم واحد',
        other: '# شبكة في يوم واحد',
      })}`,
    changedSettings: ({ count }) =>
      format.plural(count, {
        zero: 'كل الإعدادات افتراضية',
        one: 'إعداد واحد مغيّر',
        two: 'إعدادان مغيّران',
        few: '# إعدادات مغيّرة',
        many: '# إعدادًا مغيّرًا',
        other: '# إعداد مغيّر',
      }),
    activeKeys: ({ count }) =>
      format.plural(count, {
        zero: 'لا مفاتيح نشطة',
        one: 'مفتاح نشط واحد',
        two: 'مفتاحان نشطان',
        few: '# مفاتيح نشطة',
        many: '# مفتاحًا نشطًا',
        other: '# مفتاح نشط',
      }),
    blockedApps: ({ count }) =>
      format.plural(count, {
        zero: 'لا يوجد تطبيق محظور',
        one: 'حظر واحد',
        two: 'حظران',
        few: '# عمليات حظر',
        many: '# عملية حظر',
        other: '# عملية حظر',
      }),
    retention: ({ days }) =>
      format.plural(days, {
        zero: 'لا يُحفظ',
        one: 'يُحفظ يومًا واحدًا',
        two: 'يُحفظ يومين',
        few: 'يُحفظ # أيام',
        many: 'يُحفظ # يومًا',
        other: 'يُحفظ # يوم',
      }),
  },
});
