/** The password of all demo users. It is public, so the forum listens on loopback only. */
export const DEMO_PASSWORD = 'valetkey-demo';

export const demoUsers = [
  { username: 'admin', name: 'Ada Admin', isAdmin: true, isModerator: false, trustLevel: 4 },
  { username: 'mona', name: 'Mona Moderator', isAdmin: false, isModerator: true, trustLevel: 4 },
  { username: 'alice', name: 'Alice Arbour', isAdmin: false, isModerator: false, trustLevel: 2 },
  { username: 'bob', name: 'Bob Bramley', isAdmin: false, isModerator: false, trustLevel: 0 },
  { username: 'sam', name: 'Sam Sloe', isAdmin: false, isModerator: false, trustLevel: 1 },
] as const;

export type DemoUsername = (typeof demoUsers)[number]['username'];

export const demoCategories = [
  { name: 'General', slug: 'general', color: '3b6ea5', description: 'Everything else.' },
  {
    name: 'Fruit trees',
    slug: 'fruit-trees',
    color: '2e7d4f',
    description: 'Planting, pruning, grafting, picking.',
  },
  { name: 'Kitchen', slug: 'kitchen', color: 'b3541e', description: 'What to do with all those plums.' },
  {
    name: 'Forum feedback',
    slug: 'feedback',
    color: '6b5b95',
    description: 'About this forum, its apps and its keys.',
  },
] as const;

type DemoPost = readonly [author: DemoUsername, raw: string];

/** Category slug, title, and the posts from first to last. */
export const demoTopics: readonly (readonly [category: string, title: string, ...posts: DemoPost[]])[] = [
  [
    'general',
    'Welcome to the plum forum',
    [
      'admin',
      'This is a small forum to try user API keys on. Read around, sign in with one of the demo accounts, and let an app access your account.',
    ],
    ['alice', 'Good to be here. I have eleven trees and opinions about each of them.'],
  ],
  [
    'fruit-trees',
    'When do you prune an old Victoria plum?',
    [
      'bob',
      'Ours has not been touched for ten years. My neighbour says winter, the book says summer. Who is right?',
    ],
    [
      'alice',
      'The book. Stone fruit is pruned in summer, when the wounds close quickly and silver leaf is not about.',
    ],
    ['mona', 'And never more than a third in one year, however much it itches.'],
  ],
  [
    'fruit-trees',
    'Grafting a quince onto hawthorn, year two',
    [
      'alice',
      'The graft from last spring has put on forty centimetres. Photos follow as soon as the fog lifts.',
    ],
    ['bob', 'I did not know that this works at all!'],
  ],
  [
    'fruit-trees',
    'Which rootstock for heavy clay?',
    ['mona', 'St Julien A copes well here. Has anybody compared it with Brompton on really wet ground?'],
    ['alice', 'Brompton grew faster and fell over. St Julien A stands.'],
  ],
  [
    'fruit-trees',
    'Blossom calendar for this spring',
    [
      'alice',
      'Damson on the second of April, Victoria on the ninth, greengage on the fourteenth. Please add yours.',
    ],
  ],
  [
    'kitchen',
    'Plum jam without added pectin',
    ['alice', 'Take a third of the fruit unripe, cook the stones along in a bag, and be patient. It sets.'],
    ['bob', 'It did set. Thank you!'],
  ],
  [
    'kitchen',
    'How long do dried plums keep?',
    ['bob', 'Mine went into a jar in September. When should I begin to worry?'],
    ['mona', 'A year in the dark, if they were dry enough that two halves do not stick together.'],
  ],
  [
    'kitchen',
    'Damson cheese, the kind that is no cheese',
    ['mona', 'Equal weights of damson pulp and sugar, two hours of stirring, one burnt wrist. Worth it.'],
  ],
  [
    'general',
    'Scything course on Saturday',
    ['mona', 'We meet at nine at the upper gate. Bring gloves; blades are there.'],
    ['sam', 'I will be there.'],
  ],
  [
    'general',
    'Lost: one ladder, three metres, blue',
    ['bob', 'Last seen leaning on the big greengage. No questions asked.'],
    ['alice', 'It is in my barn. You lent it to me in June.'],
  ],
  [
    'feedback',
    'Which apps do you use with this forum?',
    [
      'alice',
      'A reader on the phone and a script that posts the rain gauge. Both have a key of their own, so I can take back one without the other.',
    ],
    ['admin', 'That is the idea. Never give your password to an app.'],
  ],
  [
    'feedback',
    'How do I get a key for my own script?',
    ['bob', 'I only want to read the latest topics from a cron job. What do I have to do?'],
    [
      'admin',
      'Run “valetkey login” with the address of this forum, approve in the browser, and the script can use the key.',
    ],
  ],
];
