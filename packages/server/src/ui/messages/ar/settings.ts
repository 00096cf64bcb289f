import { describeRedirectPattern } from '@valetkey/protocol';
import { describeReason } from '@valetkey/protocol/messages';
import { html } from 'hono/html';
import type { Messages } from '../messages.ts';
import { errorTexts } from './common.ts';
import { redirectPatterns } from './redirect-patterns.ts';
import { settingDescriptions } from './setting-descriptions.ts';

/** The page with the settings. */
export const settings: Messages['settings'] = {
  title: 'الإعدادات',
  meaning:
    'الإعدادات الموجودة أيضًا في Discourse تحمل الأسماء نفسها. تسري التغييرات من الطلب التالي وتُسجّل في سجل التدقيق.',
  sections: {
    requests: 'طلبات التطبيقات',
    personal: 'المفاتيح الشخصية والموجزات',
    expiry: 'انتهاء صلاحية المفاتيح',
    limits: 'حدود الطلبات لكل مفتاح',
    registration: 'تسجيل التطبيقات',
    oauth: 'إعدادات OAuth',
    mcp: 'الوكلاء (MCP)',
    push: 'إشعارات الدفع',
    origins: 'صفحات مواقع أخرى',
    adminKeys: 'مفاتيح المسؤول',
    audit: 'سجل التدقيق',
    other: 'أخرى',
  },
  sectionsOf: 'الأقسام',
  all: 'الكل',
  search: 'بحث',
  onlyChanged: 'ما يختلف عن القيم الافتراضية فقط',
  show: 'عرض',
  noMatch: 'لا يوجد إعداد مطابق.',
  differs: 'مغيّر',
  changedBy: ({ by, ago }) => html`آخر تغيير: ${by}، ${ago}`,
  explainRedirects: 'جرّب نمطًا، واعرف التطبيقات التي تستخدمه',
  describe: ({ setting }) => settingDescriptions[setting],
  describeRedirect: (pattern) => describeRedirectPattern(pattern, redirectPatterns),
  save: 'حفظ',
  notSaved: 'لم يُحفظ شيء. صحّح هذه الإعدادات:',
  saved: ({ settings }) => html`حُفظ: ${settings}.`,
  unchanged: 'لم يتغير شيء.',
  describeMistake: (reason) =>
    reason.reason === 'changed_meanwhile'
      ? `غيّر مسؤول آخر هذا الإعداد إلى «\u2068${reason.current}\u2069». احفظ من جديد لاستخدام قيمتك.`
      : `قيمة غير صالحة: ${describeReason(reason, errorTexts)}.`,
  secretLimits: 'اترك هذا الحقل فارغًا للإبقاء على القيمة الحالية.',
  showSecret: ({ setting }) => html`عرض القيمة الحالية<span class="unseen"> للإعداد ${setting}</span>`,
  range: ({ min, max }) => `من ${min} إلى ${max}.`,
  oneEach: 'عنصر في كل سطر.',
  default: ({ value }) => `القيمة الافتراضية: \u2068${value}\u2069.`,
  none: 'بلا قيمة',
  on: 'مفعّل',
  off: 'معطّل',
  allows: 'ما يسمح به هذا',
};
