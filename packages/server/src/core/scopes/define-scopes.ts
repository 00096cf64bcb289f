import { METHODS, type Method, ownUsername, type RoutePermission, type ScopeDefinition } from './scope.ts';
import { isName, SCOPES_WITHOUT_ROUTES } from './scope-names.ts';

/** Twenty names of this length fit into a request. */
const MAX_NAME_LENGTH = 60;
const SCOPE_FIELDS = ['sentence', 'details', 'permissions', 'isDangerous', 'isReadOnly'];
const PERMISSION_FIELDS = ['methods', 'route', 'formats', 'parameters', 'isAllowedInUrl'];

/** A permission for a route that has no name but a method and a path, as the site's router declares it. */
export type RouteShorthand = `${Method} /${string}`;

/** A scope as `defineScopes` takes it. */
export interface ScopeInput extends Omit<ScopeDefinition, 'permissions'> {
  readonly permissions: readonly (RoutePermission | RouteShorthand)[];
}

/** A scope as `defineScopes` returns it: all permissions are objects. */
export type DefinedScope<Input extends ScopeInput> = Omit<Input, 'permissions'> & {
  readonly permissions: Expanded<Input['permissions']>;
};

type Expanded<Permissions extends readonly unknown[]> = {
  readonly [At in keyof Permissions]: Permissions[At] extends string ? RoutePermission : Permissions[At];
};

/**
 * Validates a site’s scope definitions at the start and returns them with literal types. A mistake could otherwise permit
 * more than the description says, or nothing. The permission `GET /photos/:id` becomes one for the route with the name
 * `/photos/:id`.
 *
 * @throws Error that names the scope and the mistake
 * @example
 * ```ts
 * const scopes = defineScopes({
 *   ...discourseScopes,
 *   'photos:read': { sentence: 'See your photos', permissions: [{ route: 'photos#show', methods: ['GET'] }] },
 * });
 * ```
 */
export function defineScopes<const Inputs extends Readonly<Record<string, ScopeInput>>>(
  inputs: Inputs,
): { readonly [Name in keyof Inputs]: DefinedScope<Inputs[Name]> } {
  const expanded = Object.entries(inputs).map(([name, input]) => {
    const definition = expandShorthands(input);
    const fault = findFault(name, definition);
    if (fault !== null) throw new Error(`The scope “${name}” cannot be used: ${fault}.`);
    return [name, definition] as const;
  });
  return Object.fromEntries(expanded) as { [Name in keyof Inputs]: DefinedScope<Inputs[Name]> };
}

const SHORTHAND = /^([A-Z]+) (\/\S*)$/;

/** Leaves a shorthand that it cannot read, for the error. */
function expandShorthands(input: ScopeInput): ScopeDefinition {
  if (!Array.isArray(input.permissions)) return input as ScopeDefinition;
  const permissions = input.permissions.map((permission) => {
    const [, method, route] = (typeof permission === 'string' && SHORTHAND.exec(permission)) || [];
    return route === undefined ? permission : { methods: [method as Method], route };
  });
  return { ...input, permissions };
}

/** Trusts no type: definitions may come from JavaScript. */
function findFault(name: string, definition: ScopeDefinition): string | null {
  if (!isName(name))
    return 'its name must start with a lower-case letter or digit, followed by a–z 0–9 _ . : -';
  if (name.length > MAX_NAME_LENGTH) return `its name is longer than ${MAX_NAME_LENGTH} characters`;
  const { sentence, permissions, isDangerous = false } = definition;
  const unknown = Object.keys(definition).find((field) => !SCOPE_FIELDS.includes(field));
  if (unknown !== undefined) return `it has the unknown field “${unknown}”`;
  if (typeof sentence !== 'string' || sentence.trim() === '' || /\p{Cc}/u.test(sentence)) {
    return 'its sentence must be one line for the user who approves, such as “See your photos”';
  }
  if (typeof isDangerous !== 'boolean') return 'isDangerous must be true or false';
  if (!Array.isArray(permissions)) return 'its permissions must be a list';
  if (permissions.length === 0 && !SCOPES_WITHOUT_ROUTES.includes(name)) return 'it has no permission';
  for (const permission of permissions) {
    const fault = findPermissionFault(permission);
    if (fault !== null) return fault;
  }
  return findFaultOfAll(permissions, isDangerous);
}

function findPermissionFault(permission: RoutePermission | string): string | null {
  if (typeof permission === 'string') return `the permission “${permission}” is not of the form GET /path`;
  const { route, methods, formats = ['any'], parameters, isAllowedInUrl = false } = permission;
  const unknown = Object.keys(permission).find((field) => !PERMISSION_FIELDS.includes(field));
  if (unknown !== undefined) return `a permission has the unknown field “${unknown}”`;
  if (typeof route !== 'string' || route === '' || /\s/.test(route)) return 'a permission names no route';
  const of = `its permission for ${route}`;
  if (route !== '*' && route.includes('*'))
    return `${of} contains * and other characters; use * alone, for all routes`;
  if (!isListOfTexts(methods)) return `${of} has no methods`;
  const method = methods.find((one) => !METHODS.includes(one));
  if (method !== undefined) return `${of} has the method ${method}; valid methods are ${METHODS.join(', ')}`;
  if (!isListOfTexts(formats) || formats.some((format) => !/^[a-z0-9]+$/.test(format))) {
    return `${of} has invalid formats; use words such as ics, or omit them for all formats`;
  }
  if (typeof isAllowedInUrl !== 'boolean') return `${of} has an isAllowedInUrl that is not true or false`;
  return parameters === undefined ? null : findParameterFault(parameters, of);
}

function findParameterFault(
  parameters: NonNullable<RoutePermission['parameters']>,
  of: string,
): string | null {
  const bound = Object.entries(parameters);
  if (bound.length === 0) return `${of} is bound to no parameter; omit parameters`;
  const wrong = bound.find(
    ([name, values]) => name === '' || (values !== ownUsername && !isListOfTexts(values)),
  );
  if (!wrong) return null;
  return `${of} has no valid values for “${wrong[0]}”; use a list of strings, or ownUsername`;
}

function findFaultOfAll(permissions: readonly RoutePermission[], isDangerous: boolean): string | null {
  const writesEverywhere = permissions.some(
    ({ route, methods }) => route === '*' && methods.some((method) => method !== 'GET'),
  );
  if (writesEverywhere && !isDangerous) return 'it permits changes on all routes, so set isDangerous';
  const [first, ...others] = permissions;
  if (!permissions.some(({ isAllowedInUrl }) => isAllowedInUrl)) return null;
  const isOneGetRoute =
    first !== undefined &&
    others.length === 0 &&
    first.route !== '*' &&
    first.methods.every((one) => one === 'GET');
  return isOneGetRoute ? null : 'isAllowedInUrl requires a scope with exactly one route, and only GET';
}

const isListOfTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && item !== '');
