import { expect, test } from 'vitest';
import { decideSettingChanges, readSettingForm } from '../../http/endpoints/settings/setting-form.ts';
import type { SettingRow } from '../../settings/settings.ts';
import { settingField } from './setting-field.ts';

const SECRET = 'present-secret-of-thirty-two-letters';
const row: SettingRow = {
  setting: 'cors_origins',
  value: SECRET,
  default: '',
  description: 'What receivers know the site by.',
  type: 'secret',
  category: 'user_api',
};
const settings = { list: () => [row], check: (_name: string, value: unknown) => String(value) };
const decide = (value: string) => {
  const sent = { 'was:cors_origins': '', 'value:cors_origins': value };
  return decideSettingChanges(readSettingForm(sent, [row]), settings);
};

test('a secret is in no field of the form, also not after a mistake, and is shown to who asks for it', () => {
  const page = String(settingField(row, 'what-was-written', 'Too short.'));
  expect(page).toMatch(/<input type="password"(?![^>]* value=)[^>]*>/);
  expect(page).not.toContain('what-was-written');
  expect(page.match(new RegExp(SECRET, 'g'))).toHaveLength(1);
  expect(page).toMatch(new RegExp(`<details>[^]*<code>${SECRET}</code>`));
  expect(page).toContain('Too short.');
});

test('a secret stays as it is where its field is left empty, and changes where something is written', () => {
  expect(decide('').changes.size).toBe(0);
  expect(decide(SECRET).changes.size).toBe(0);
  expect([...decide('another').changes]).toEqual([['cors_origins', 'another']]);
  expect(decide('another').mistakes.size).toBe(0);
});
