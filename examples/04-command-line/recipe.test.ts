import { scriptPromises } from '../test-support/script-promises.ts';

scriptPromises({
  folder: import.meta.dirname,
  program: process.execPath,
  command: ['post-topic.ts'],
  answer: 'loopback',
});
