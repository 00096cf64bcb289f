import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The pages about admin keys. */
export const adminKeys = (format: Format): Messages['adminKeys'] => ({
  title: 'مفاتيح المسؤول',
  create: 'إنشاء مفتاح مسؤول',
  meaning:
    'لنصوصك البرمجية. كل من لديه مفتاح مسؤول يمكنه التصرف باسم المستخدمين الذين يشملهم: امنح كل مفتاح الوصول الذي يحتاج إليه فقط.',
  none: 'لا مفاتيح نشطة',
  active: 'نشط',
  revoked: 'مُبطل',
  older: 'الأقدم',
  actsAs: 'يتصرف باسم',
  anyUser: 'أي مستخدم',
  startsWith: 'يبدأ المفتاح بـ',
  created: 'تاريخ الإنشاء',
  createdBy: ({ day, user }) => html`${day}، أنشأه ${user}`,
  lastUsed: 'آخر استخدام',
  revoke: 'إبطال',
  revokeKey: ({ description }) => `إبطال: ${description}`,
  undo: 'تراجع',
  undoKey: ({ description }) => `تراجع: ${description}`,
  delete: 'حذف نهائي',
  deleteKey: ({ description }) => `حذف نهائي: ${description}`,
  modes: {
    global: 'وصول كامل إلى كل ما يستطيع مستخدموه الوصول إليه',
    read_only: 'قراءة كل ما يستطيع مستخدموه قراءته، من دون تغيير شيء',
    granular: 'النطاقات المحددة فقط',
  },
  unknownScope: 'بلا وصول: لم يعد هذا النطاق موجودًا في هذا الموقع',
  onlyWith: ({ parameter, values }) =>
    html`فقط إذا كان <bdi>${parameter}</bdi> يساوي <bdi>${format.list(values)}</bdi>`,
  form: {
    title: 'مفتاح مسؤول جديد',
    heading: 'إنشاء مفتاح مسؤول',
    description: 'الوصف',
    descriptionHint: 'الغرض من المفتاح، لتعرف ما الذي سيتوقف عند إبطاله.',
    username: 'المستخدم',
    usernameHint: 'المستخدم الذي يتصرف المفتاح باسمه. إذا تُرك فارغًا، يحدد كل طلب المستخدم الذي يريده.',
    access: 'الوصول',
    scopes: 'النطاقات',
    scopesHint:
      'لخيار «النطاقات المحددة فقط». افصل القيم بفواصل؛ عندئذ يسمح النطاق بهذه القيم فقط. إذا كان الحقل فارغًا، فإنه يسمح بكل قيمة.',
    onlyIf: ({ parameter }) => `فقط إذا كان ${parameter} يساوي`,
    scopeOnlyIf: ({ scope, parameter }) => `${scope}: فقط إذا كان ${parameter} يساوي`,
    create: 'إنشاء المفتاح',
    allKeys: 'كل مفاتيح المسؤول',
  },
  createdKey: {
    title: 'مفتاح المسؤول الجديد',
    heading: ({ description }) => html`مفتاح المسؤول لـ <bdi>${description}</bdi>`,
    onlyNow:
      'يُعرض المفتاح مرة واحدة فقط. انسخه الآن إلى نصك البرمجي. لا تضعه أبدًا في صفحة ويب أو تطبيق يمكن لغيرك الحصول عليه.',
    access: 'الوصول',
    allKeys: 'كل مفاتيح المسؤول',
  },
});
