import { defineScopes } from './define-scopes.ts';
import { discourseScopeTexts } from './discourse-scope-texts.ts';

/** The scopes of a site that defines none: to read everything, and to do everything. They fit every site. */
export const defaultScopes = defineScopes({
  read: {
    ...discourseScopeTexts.read,
    permissions: [{ route: '*', methods: ['GET'] }],
  },
  write: {
    ...discourseScopeTexts.write,
    permissions: [{ route: '*', methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] }],
    isDangerous: true,
  },
});
