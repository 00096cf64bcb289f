import { html } from 'hono/html';
import type { Format } from '../format.ts';
import type { Messages } from '../messages.ts';

/** The page on which an admin blocks apps on the whole site. */
export const blocks = (format: Format): Messages['blocks'] => ({
  title: 'التطبيقات المحظورة',
  meaning:
    'لا يحصل التطبيق المحظور على مفاتيح جديدة، وتتوقف مفاتيحه الحالية عن العمل فورًا. تعود إلى العمل عندما تلغي الحظر.',
  none: 'لا يوجد تطبيق محظور.',
  kinds: { client_id: 'معرّف العميل', host: 'مضيف عنوان إعادة التوجيه أو عنوان إشعارات الدفع' },
  since: ({ at, by }) => html`${at}، بواسطة ${by}`,
  blockedSince: 'وقت الحظر',
  reason: 'السبب',
  remove: 'إلغاء الحظر',
  removeOf: ({ value }) => `إلغاء حظر ${value}`,
  form: {
    heading: 'حظر تطبيق',
    kind: 'أي التطبيقات',
    hostHint:
      'يشمل المضيف نطاقاته الفرعية وكل المنافذ. أدخل \u2066myapp:\u2069 للتطبيقات التي تفتح روابط بمخطط خاص بها.',
    value: 'معرّف العميل أو المضيف',
    reason: 'السبب، ويظهر لمستخدمي التطبيق',
    next: 'متابعة',
    invalid: 'هذا ليس مضيفًا ولا مخططًا مثل \u2066myapp:\u2069',
    missing: 'أدخل ما تريد حظره، والسبب.',
  },
  confirm: {
    title: ({ value }) => html`هل تريد حظر ${value}؟`,
    keys: ({ count }) =>
      format.plural(count, {
        zero: 'لا يتأثر أي مفتاح أو اتصال نشط.',
        one: 'يتوقف مفتاح أو اتصال نشط واحد عن العمل فورًا.',
        two: 'يتوقف اثنان من المفاتيح والاتصالات النشطة عن العمل فورًا.',
        few: 'يتوقف # من المفاتيح والاتصالات النشطة عن العمل فورًا.',
        many: 'يتوقف # من المفاتيح والاتصالات النشطة عن العمل فورًا.',
        other: 'يتوقف # من المفاتيح والاتصالات النشطة عن العمل فورًا.',
      }),
    apps: 'التطبيقات المتأثرة',
    perApp: ({ count }) =>
      format.plural(count, {
        zero: 'لا مفاتيح',
        one: 'مفتاح واحد',
        two: 'مفتاحان',
        few: '# مفاتيح',
        many: '# مفتاحًا',
        other: '# مفتاح',
      }),
    more: ({ count }) =>
      format.plural(count, {
        zero: 'ولا تطبيقات أخرى',
        one: 'وتطبيق آخر',
        two: 'وتطبيقان آخران',
        few: 'و# تطبيقات أخرى',
        many: 'و# تطبيقًا آخر',
        other: 'و# تطبيق آخر',
      }),
    shown: ({ reason }) => html`يرى مستخدموه السبب: «<bdi>${reason}</bdi>»`,
    block: 'حظر',
    back: 'رجوع',
  },
});
