import { registerHooks } from 'node:module';

// Imports of Electron in this process resolve to fake-electron.ts.
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    nextResolve(
      specifier === 'electron' ? new URL('fake-electron.ts', import.meta.url).href : specifier,
      context,
    ),
});
