import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodePushBody } from './push-body.ts';
import { shapePushNotification } from './push-notification.ts';

const BASE = 'https://forum.example/community';
const notification = {
  notificationType: 2,
  postUrl: '/t/plums/7/2',
  topicTitle: 'Plums',
  excerpt: 'They are mine.',
  username: 'bob',
};

test('shapePushNotification: uses Discourse’s names, with url and post_url', () => {
  expect(shapePushNotification({ ...notification, topicId: 7, postNumber: 2 }, BASE)).toEqual({
    notification_type: 2,
    post_number: 2,
    topic_title: 'Plums',
    topic_id: 7,
    excerpt: 'They are mine.',
    username: 'bob',
    post_url: '/t/plums/7/2',
    url: 'https://forum.example/community/t/plums/7/2',
  });
});

test('shapePushNotification: truncates a long excerpt between characters', () => {
  const excerpt = '\u{1F511}'.repeat(500);
  const shaped = shapePushNotification({ ...notification, excerpt, topicTitle: 'x'.repeat(10_000) }, BASE);
  expect([...shaped.excerpt]).toHaveLength(400);
  expect(shaped.excerpt.isWellFormed()).toBe(true);
  expect(shaped.topic_title).toHaveLength(255);
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  't/plums',
  '',
  'javascript:alert(1)',
])('shapePushNotification: rejects a post URL that is not a path on the site: “%s”', (postUrl) => {
  expect(() => shapePushNotification({ ...notification, postUrl }, BASE)).toThrow(TypeError);
});

test('shapePushNotification: the URL stays on the site for every path', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('', '/community'),
      (path, folder) => {
        const base = `https://forum.example${folder}`;
        const { url, post_url } = shapePushNotification({ ...notification, postUrl: `/t/${path}` }, base);
        expect(new URL(url).origin).toBe('https://forum.example');
        expect(new URL(post_url, base).origin).toBe('https://forum.example');
      },
    ),
  );
});

test('encodePushBody: preserves any text, once for each client', () => {
  const site = { name: 'Plum "Forum"', baseUrl: BASE };
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      const shaped = shapePushNotification({ ...notification, username: text.slice(0, 50) }, BASE);
      const keys = [
        { clientId: text, sentClientId: null },
        { clientId: 'c', sentClientId: 'd' },
      ];
      const body = JSON.parse(encodePushBody(JSON.stringify(shaped), keys, site, 's'.repeat(32)));
      expect(body).toEqual({
        secret_key: 's'.repeat(32),
        url: BASE,
        title: 'Plum "Forum"',
        description: '',
        notifications: [
          { ...shaped, client_id: text },
          { ...shaped, client_id: 'd' },
        ],
      });
    }),
  );
});
