import type { Messages } from '../messages.ts';

/** What the built-in scopes of users allow. */
export const scopes: Messages['scopes'] = {
  read: {
    sentence: 'قراءة كل ما يمكنك قراءته',
    details: 'يشمل ما لا يراه إلا أنت. لا يمكن للتطبيق نشر شيء أو تغييره أو حذفه.',
  },
  write: {
    sentence: 'قراءة كل ما يمكنك وكتابته وتغييره وحذفه باسمك',
    details: 'يشمل ما لا يراه أو يغيّره إلا أنت. لا يمكن للتطبيق إنشاء مفاتيح أخرى.',
  },
  message_bus: {
    sentence: 'تلقي التحديثات المباشرة',
    details: 'يعرف التطبيق فورًا ما هو جديد لك. لا يمكنه تغيير أي شيء.',
  },
  push: {
    sentence: 'إرسال إشعاراتك إلى خدمة خارجية',
    details: 'يحتوي كل إشعار على مقتطف من مشاركته. لا يمكن للتطبيق قراءة أي شيء آخر.',
  },
  one_time_password: {
    sentence: 'تسجيل الدخول باسمك مرة واحدة في متصفح',
    details: 'عندئذ يكون للمتصفح وصول كامل إلى حسابك. يعمل الرابط مرة واحدة، خلال 10 دقائق.',
  },
  notifications: {
    sentence: 'قراءة إشعاراتك وتعليمها كمقروءة',
    details: 'يعرف التطبيق من يذكرك أو يرد عليك، وأين. لا يمكنه قراءة مشاركات كاملة ولا كتابتها.',
  },
  session_info: {
    sentence: 'معرفة من أنت وما هو جديد لك',
    details: 'يرى التطبيق ملفك الشخصي والمواضيع التي فيها مشاركات جديدة. لا يمكنه قراءتها ولا تغييرها.',
  },
  bookmarks_calendar: {
    sentence: 'قراءة تذكيرات إشاراتك المرجعية كتقويم',
    details: 'يحتوي التقويم على عناوين وأوقات. لا يمكن للتطبيق قراءة أي شيء آخر.',
  },
  user_status: {
    sentence: 'رؤية حالتك وتعيينها ومسحها',
    details: 'الحالة هي النص القصير بجانب اسمك. لا يمكن للتطبيق تغيير أي شيء آخر.',
  },
};

/** What the built-in scopes of admin keys allow. */
export const adminScopes: Messages['adminScopes'] = {
  'topics:read': 'قراءة المواضيع وقوائمها',
  'topics:write': 'بدء المواضيع والرد عليها',
  'posts:read': 'قراءة مشاركات مفردة',
  'posts:edit': 'تغيير المشاركات',
  'posts:delete': 'حذف المشاركات',
  'users:show': 'رؤية الملفات الشخصية للمستخدمين',
  'search:query': 'البحث',
  'categories:list': 'سرد الفئات',
  'categories:show': 'رؤية فئة ومواضيعها',
};
