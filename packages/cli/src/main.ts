#!/usr/bin/env node
import { startCompileCache } from './compile-cache.ts';

// Before any other import, so that their code is cached.
startCompileCache();
const { run } = await import('./run.ts');
await run(process.argv.slice(2));
