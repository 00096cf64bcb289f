/** Whether this can be the name of a scope or a group: what settings and requests separate names by is in none. */
export const isName = (text: string): boolean => /^[a-z0-9][a-z0-9_.:-]*$/.test(text);
