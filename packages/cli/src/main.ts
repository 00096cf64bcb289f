#!/usr/bin/env node
import { startCompileCache } from './compile-cache.ts';

// Before anything else is loaded, since it is the loading that it spares.
startCompileCache();
const { run } = await import('./run.ts');
await run(process.argv.slice(2));
