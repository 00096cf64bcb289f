import type { RedirectPatternTexts } from '@valetkey/protocol';

/** Keeps a URL or a part of it readable from left to right. */
const ltr = (text: string): string => `\u2066${text}\u2069`;
const onPort = (port: string): string =>
  port === '*' ? ' على أي منفذ' : port === '' ? '' : ` على المنفذ ${port}`;

/** What redirect patterns allow. */
export const redirectPatterns: RedirectPatternTexts = {
  everything: {
    allows: 'كل شيء: أي عنوان URL في أي موقع، وأي تطبيق على أي جهاز.',
    warning:
      'سيتلقى المفتاح أي مهاجم يجعل مستخدمًا يوافق على طلب. أدرج بدلًا من ذلك عناوين إعادة التوجيه لتطبيقاتك.',
  },
  allows: ({ place, pages }) => `${place}: ${pages}.`,
  places: {
    subdomains: ({ scheme, host, port }) =>
      `كل نطاق فرعي من ${ltr(host)} على أي عمق عبر ${ltr(scheme)}${onPort(port)}، من دون ${ltr(host)} نفسه`,
    loopback: ({ scheme, host, port }) =>
      `تطبيق على حاسوب المستخدم، على ${ltr(host)} عبر ${ltr(scheme)}${onPort(port) || ' على منفذه الافتراضي فقط'}`,
    site: ({ scheme, host, port }) => `الموقع ${ltr(`${scheme}://${host}`)}${onPort(port)}`,
    app: ({ scheme, host, port }) =>
      `تطبيق على جهاز المستخدم يفتح روابط ${ltr(`${scheme}:`)}، على ${ltr(host)}${onPort(port)}`,
  },
  pages: {
    none: 'هذا العنوان فقط، من دون مسار أو استعلام',
    exact: ({ path }) => `${ltr(path)} بالضبط`,
    exactWithoutQuery: ({ path }) => `${ltr(path)} بالضبط، من دون استعلام`,
    matching: ({ path }) =>
      `كل صفحة تطابق ${ltr(path)}، حيث تمثّل كل * أي نص، بما فيه الشرطات المائلة والاستعلامات`,
    any: 'كل صفحة، بأي استعلام',
    anyQuery: ({ path }) => `الصفحة ${ltr(path)}، مع استعلام قد يكون فارغًا`,
    anyQueryWithoutPath: 'الصفحة من دون مسار، مع استعلام قد يكون فارغًا',
    urlFrom: ({ start }) => `كل عنوان URL يبدأ بـ ${ltr(start)}`,
    under: ({ start }) => `كل صفحة تحت ${ltr(start)}، بأي استعلام`,
    pathFrom: ({ start }) =>
      `كل صفحة يبدأ مسارها بـ ${ltr(start)} (وأيضًا ${ltr(`${start}-more`)} و ${ltr(`${start}/more`)})، بأي استعلام`,
  },
  withFragment: ({ pages, fragment }) => `${pages}، يليها جزء يطابق ${ltr(fragment)}`,
  warnings: {
    subdomains: ({ host }) =>
      `آمن فقط إذا كانت كل النطاقات الفرعية من ${ltr(host)} لك: يمكن لمهاجم لديه صفحة في أحدها تلقي المفاتيح.`,
    unencrypted: 'غير مشفّر: يمكن لأي شخص على مسار الشبكة قراءة العنوان. استخدم https.',
    onlyPort80: `المنفذ 80 فقط. لتطبيق يستمع على أي منفذ حر، استخدم ${ltr('http://127.0.0.1/*')}`,
    anyPage:
      'كل صفحة: الصفحة التي تعيد التوجيه أو تعرض عنوانها تسرّب المفتاح المشفّر. حدّد الصفحة التي يستخدمها التطبيق.',
  },
};
