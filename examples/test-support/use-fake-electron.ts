import { registerHooks } from 'node:module';

// Whoever imports Electron in this process gets the stand-in beside this file.
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    nextResolve(
      specifier === 'electron' ? new URL('fake-electron.ts', import.meta.url).href : specifier,
      context,
    ),
});
