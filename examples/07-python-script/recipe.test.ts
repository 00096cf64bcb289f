import { getProgram } from '../test-support/programs.ts';
import { scriptPromises } from '../test-support/script-promises.ts';

const folder = import.meta.dirname;
scriptPromises({ folder, program: getProgram(folder), command: ['post_topic.py'], answer: 'loopback' });
