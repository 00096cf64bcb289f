import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWhenInstalled } from './installed.ts';
import { SCENARIOS } from './oauth-scenarios.ts';
import { type Subject, startOidcProvider, startValetkey } from './oauth-subject.ts';

const PAGE = new URL('../../docs/security/oauth-compared.md', import.meta.url);

/** The rows of the page: scenario, answer of Valetkey, answer of oidc-provider. */
function readRows(): string[][] {
  return readFileSync(PAGE, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:scenario|---)/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| |\|$/g, '').trim()));
}

describeWhenInstalled('the same requests at Valetkey and at oidc-provider', () => {
  let subjects: Subject[];
  beforeAll(async () => {
    subjects = await Promise.all([startValetkey(), startOidcProvider()]);
  });
  afterAll(() => Promise.all((subjects ?? []).map((subject) => subject.close())));

  const rows = new Map(readRows().map(([scenario = '', ...cells]) => [scenario, cells]));

  test.each(Object.entries(SCENARIOS))(
    '%s: the same answer, or a difference that the page explains',
    async (name, run) => {
      const answers: string[] = [];
      for (const subject of subjects) answers.push(await run(subject));
      const [own = '', other = '', why = ''] = rows.get(name) ?? [];
      if (answers[0] === answers[1])
        expect(rows.has(name), `no longer a difference: ${answers[0]}`).toBe(false);
      else expect(answers).toEqual([own, other]);
      expect(rows.has(name) && why === '').toBe(false);
    },
  );

  test('the page has no other rows', () => {
    expect([...rows.keys()].filter((name) => !(name in SCENARIOS))).toEqual([]);
  });
});
