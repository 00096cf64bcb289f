import { expect, test } from 'vitest';
import { decideSettingChanges, readSettingForm } from '../../http/endpoints/settings/setting-form.ts';
import type { SettingRow } from '../../settings/settings.ts';
import { testPage } from '../test-support/test-page.ts';
import { settingField } from './setting-field.ts';

const SECRET = 'present-secret-of-thirty-two-letters';
const row: SettingRow = {
  setting: 'cors_origins',
  value: SECRET,
  default: '',
  description: 'The secret that receivers check.',
  type: 'secret',
  category: 'user_api',
};
const settings = { list: () => [row], check: (_name: string, value: unknown) => String(value) };
const decide = (value: string) => {
  const sent = { 'was:cors_origins': '', 'value:cors_origins': value };
  return decideSettingChanges(readSettingForm(sent, [row]), settings);
};

test('settingField: puts a secret into no field, also not after a mistake, and shows it on request', async () => {
  const field = settingField(
    row,
    { typed: 'rejected-input', mistake: { reason: 'secret_malformed' } },
    await testPage(),
  );
  const page = String(await field);
  expect(page).toMatch(/<input type="password"(?![^>]* value=)[^>]*>/);
  expect(page).not.toContain('rejected-input');
  expect(page.match(new RegExp(SECRET, 'g'))).toHaveLength(1);
  expect(page).toMatch(new RegExp(`<details>[^]*<code>${SECRET}</code>`));
  expect(page).toContain('Invalid value: it must have 32 to 128');
});

test('decideSettingChanges: keeps a secret if its field is empty, and changes it otherwise', () => {
  expect(decide('').changes.size).toBe(0);
  expect(decide(SECRET).changes.size).toBe(0);
  expect([...decide('another').changes]).toEqual([['cors_origins', 'another']]);
  expect(decide('another').mistakes.size).toBe(0);
});
