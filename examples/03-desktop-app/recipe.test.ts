import { scriptPromises } from '../test-support/script-promises.ts';

scriptPromises({
  folder: import.meta.dirname,
  program: process.execPath,
  command: ['--import', '../test-support/use-fake-electron.ts', 'main.ts'],
  answer: { redirect: 'plum-desktop://callback' },
});
