/** Whether a number of a request can be an id: PostgreSQL rejects a greater one with an error. */
export const isId = (id: number): boolean => Number.isSafeInteger(id);
