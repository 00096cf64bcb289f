import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describeWhen } from '@valetkey/test-support/describe-when';

const folder = join(import.meta.dirname, 'node_modules');
const require = createRequire(import.meta.url);

/** Whether the packages of this folder are installed: `npm run clients`. */
export const isInstalled = existsSync(join(folder, '.package-lock.json'));

/** `describe` for tests that need them. */
export const describeWhenInstalled = describeWhen(isInstalled);

/** Returns the exports of an installed CommonJS package. They have no types here, because developers may lack the package. */
// biome-ignore lint/suspicious/noExplicitAny: the caller gives it a type
export const requirePackage = (name: string): any => require(name);

/** Returns the exports of an installed ES module, without types for the same reason. */
// biome-ignore lint/suspicious/noExplicitAny: the caller gives it a type
export const importPackage = (name: string): Promise<any> => import(require.resolve(name));

/** Returns the path of a file of an installed package. */
export const fileOf = (path: string): string => join(folder, path);
