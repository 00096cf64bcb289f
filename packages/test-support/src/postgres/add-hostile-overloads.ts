import type { TestDatabase } from './test-database.ts';

const TYPES = ['text', 'varchar', 'integer', 'smallint', 'bigint', 'numeric', 'boolean', 'json'];
const OPERATORS = ['->>', '->', '||', '=', '<>', '<', '<=', '>', '>=', '+', '-', '*'];
/** The functions of statements that could have arguments of other types in another overload. */
const FUNCTIONS = [
  'count',
  'hashtextextended',
  'json_array_elements',
  'json_array_elements_text',
  'lower',
  'max',
  'pg_advisory_xact_lock',
  'pg_notify',
  'sum',
  'to_regclass',
];

/** Fails when it runs, because nobody sets this parameter. The embedded PostgreSQL has no PL/pgSQL. */
const trap = (type: string) =>
  `RETURNS ${type} LANGUAGE sql AS $$ SELECT pg_catalog.current_setting('code.of_another_user')::${type} $$`;

/**
 * Adds functions and operators for other types to the schema `public`, as any user of a database can that was created
 * before PostgreSQL 15. A statement that does not name `pg_catalog` may call them, with the rights of the store.
 */
export async function addHostileOverloads({ query }: Pick<TestDatabase, 'query'>): Promise<void> {
  const pairs = TYPES.flatMap((left) => TYPES.map((right) => [left, right]));
  const functions = FUNCTIONS.flatMap((name) =>
    [...TYPES.map((type) => [type]), ...pairs].map(
      (types) => `CREATE FUNCTION public.${name}(${types.join(', ')}) ${trap('bigint')};`,
    ),
  );
  const operators = pairs.flatMap(([left, right]) => [
    `CREATE FUNCTION public.hostile(${left}, ${right}) ${trap('boolean')};`,
    ...OPERATORS.map(
      (name) =>
        `CREATE OPERATOR public.${name} (LEFTARG = ${left}, RIGHTARG = ${right}, FUNCTION = public.hostile);`,
    ),
  ]);
  await query([...functions, ...operators].join('\n'));
}
