import {
  METHODS,
  ownUsername,
  type RoutePermission,
  type ScopeDefinition,
  type ScopeDefinitions,
} from './scope.ts';
import { isName, SCOPES_WITHOUT_ROUTES } from './scope-names.ts';

/** The longest name: twenty of them have to fit into a request. */
const MAX_NAME_LENGTH = 60;
const SCOPE_FIELDS = ['sentence', 'permissions', 'isDangerous'];
const PERMISSION_FIELDS = ['methods', 'route', 'formats', 'parameters', 'isAllowedInUrl'];

/**
 * Checks a site's own table of scopes when the program starts, and gives it back as it is, literal types and all. A
 * mistake in it would otherwise show as a scope that opens nothing, or, worse, as one that opens more than it says.
 *
 * @throws Error that names the scope and what is wrong with it
 * @example
 * ```ts
 * const scopes = defineScopes({
 *   ...discourseScopes,
 *   'photos:read': { sentence: 'See your photos', permissions: [{ route: 'photos#show', methods: ['GET'] }] },
 * });
 * ```
 */
export function defineScopes<const Definitions extends ScopeDefinitions>(
  definitions: Definitions,
): Definitions {
  for (const [name, definition] of Object.entries(definitions)) {
    const fault = findFault(name, definition);
    if (fault !== null) throw new Error(`The scope “${name}” cannot be used: ${fault}.`);
  }
  return definitions;
}

/** Read as if no type had been checked: tables come from JavaScript too. */
function findFault(name: string, definition: ScopeDefinition): string | null {
  if (!isName(name))
    return 'its name has to begin with a small letter or digit and go on with a–z 0–9 _ . : -';
  if (name.length > MAX_NAME_LENGTH) return `its name is longer than ${MAX_NAME_LENGTH} characters`;
  const { sentence, permissions, isDangerous = false } = definition;
  const unknown = Object.keys(definition).find((field) => !SCOPE_FIELDS.includes(field));
  if (unknown !== undefined) return `there is no field “${unknown}”`;
  if (typeof sentence !== 'string' || sentence.trim() === '' || /\p{Cc}/u.test(sentence)) {
    return 'its sentence has to be one line for the person who approves, such as “See your photos”';
  }
  if (typeof isDangerous !== 'boolean') return 'isDangerous has to be true or false';
  if (!Array.isArray(permissions)) return 'its permissions have to be a list';
  if (permissions.length === 0 && !SCOPES_WITHOUT_ROUTES.includes(name)) return 'it has no permission';
  for (const permission of permissions) {
    const fault = findPermissionFault(permission);
    if (fault !== null) return fault;
  }
  return findFaultOfAll(permissions, isDangerous);
}

function findPermissionFault(permission: RoutePermission): string | null {
  const { route, methods, formats = ['any'], parameters, isAllowedInUrl = false } = permission;
  const unknown = Object.keys(permission).find((field) => !PERMISSION_FIELDS.includes(field));
  if (unknown !== undefined) return `a permission has no field “${unknown}”`;
  if (typeof route !== 'string' || route === '' || /\s/.test(route)) return 'a permission names no route';
  const of = `its permission for ${route}`;
  if (route !== '*' && route.includes('*'))
    return `${of} has a * beside other letters; * stands alone, for every route`;
  if (!isListOfTexts(methods)) return `${of} has no methods`;
  const method = methods.find((one) => !METHODS.includes(one));
  if (method !== undefined) return `${of} has the method ${method}; there are ${METHODS.join(', ')}`;
  if (!isListOfTexts(formats) || formats.some((format) => !/^[a-z0-9]+$/.test(format))) {
    return `${of} has formats other than words such as ics; leave them out for all formats`;
  }
  if (typeof isAllowedInUrl !== 'boolean') return `${of} has an isAllowedInUrl other than true and false`;
  return parameters === undefined ? null : findParameterFault(parameters, of);
}

function findParameterFault(
  parameters: NonNullable<RoutePermission['parameters']>,
  of: string,
): string | null {
  const bound = Object.entries(parameters);
  if (bound.length === 0) return `${of} is bound to no parameter; leave parameters out`;
  const wrong = bound.find(
    ([name, values]) => name === '' || (values !== ownUsername && !isListOfTexts(values)),
  );
  if (!wrong) return null;
  return `${of} is bound to no value of “${wrong[0]}”; write a list of texts, or ownUsername`;
}

function findFaultOfAll(permissions: readonly RoutePermission[], isDangerous: boolean): string | null {
  const writesEverywhere = permissions.some(
    ({ route, methods }) => route === '*' && methods.some((method) => method !== 'GET'),
  );
  if (writesEverywhere && !isDangerous)
    return 'it may change something on every route, so mark it isDangerous';
  const [first, ...others] = permissions;
  if (!permissions.some(({ isAllowedInUrl }) => isAllowedInUrl)) return null;
  const isOneGetRoute =
    first !== undefined &&
    others.length === 0 &&
    first.route !== '*' &&
    first.methods.every((one) => one === 'GET');
  return isOneGetRoute ? null : 'isAllowedInUrl is for a scope of one single route that is only GET';
}

const isListOfTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string' && item !== '');
