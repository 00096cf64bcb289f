import { defineScopes } from './define-scopes.ts';

/** The scopes of a site that defines none: to read everything, and to do everything. They fit every site. */
export const defaultScopes = defineScopes({
  read: {
    sentence: 'Read everything you can read',
    permissions: [{ route: '*', methods: ['GET'] }],
  },
  write: {
    sentence: 'Read, write, change and delete everything you can, in your name',
    permissions: [{ route: '*', methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] }],
    isDangerous: true,
  },
});
