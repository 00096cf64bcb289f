#!/usr/bin/env node
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), {
  environment: process.env,
  now: Date.now,
  write: (line) => console.log(line),
  writeError: (line) => console.error(line),
});
