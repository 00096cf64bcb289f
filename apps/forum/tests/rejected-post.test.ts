import { expect, test } from 'vitest';
import { createTestForum } from './test-forum.ts';

const hostile = '</textarea><script>alert(1)</script>';

test('rejected topic form: shows the problems and keeps the input', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const raw = `A text that took an hour to write ${hostile}`;
  const response = await alice.send('POST', '/posts', { title: 'Short "one"', raw, category: '3' });
  expect(response.status).toBe(422);
  const page = await response.text();
  expect(page).toContain('Title is too short');
  expect(page).toContain('value="Short &quot;one&quot;"');
  expect(page).toContain('A text that took an hour to write &lt;/textarea&gt;');
  expect(page).toContain('<option value="3" selected>');
  expect(page).not.toContain('<script');
});

test('rejected reply form: shows the problems, the input and the topic', async () => {
  const { signedIn } = await createTestForum();
  const alice = await signedIn('alice');
  const response = await alice.send('POST', '/posts', { topic_id: '1', raw: 'Hm.' });
  expect(response.status).toBe(422);
  const page = await response.text();
  expect(page).toContain('Body is too short');
  expect(page).toContain('>Hm.</textarea>');
  expect(page).toContain('name="topic_id" value="1"');
});
