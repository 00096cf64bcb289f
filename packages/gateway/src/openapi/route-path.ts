import type { YamlValue } from '../config/yaml-value.ts';

/** A path template as a route: `/notes/{id}` becomes `/notes/:id`. */
export interface RoutePath {
  readonly path: string;
  /** The names in the template. */
  readonly parameters: readonly string[];
}

const TEMPLATE = /^\{([^{}]+)\}$/;

/**
 * Returns the route of a path template. A template inside a segment (`/notes/{id}.json`) is rejected, because services
 * disagree about what it matches.
 *
 * @param at where the template is in the file
 */
export function parseRoutePath(template: string, base: string, at: YamlValue): RoutePath {
  if (!template.startsWith('/'))
    at.fail(`The path ${template} does not begin with a slash.`, 'Write /notes.');
  const parameters: string[] = [];
  const segments = template
    .slice(1)
    .split('/')
    .map((segment) => {
      const [, name] = TEMPLATE.exec(segment) ?? [];
      if (name === undefined) {
        if (/[{}]/.test(segment))
          at.fail(`The segment ${segment} is a template only in part.`, 'Use a whole segment, such as {id}.');
        return segment;
      }
      if (parameters.includes(name))
        at.fail(`The parameter ${name} is in ${template} twice.`, 'Use another name.');
      parameters.push(name);
      // A name that routes cannot have is replaced; scopes do not refer to it.
      return /^[A-Za-z_]\w*$/.test(name) ? `:${name}` : `:parameter${parameters.length}`;
    });
  return { path: `${base}/${segments.join('/')}`, parameters };
}

/** Returns the form in which two templates of one path are equal. */
export const shapeOf = (path: string): string => path.replace(/:[^/]+/g, ':');

/** Returns whether some path matches both routes, and neither is more specific. */
export function areAmbiguous(one: string, other: string): boolean {
  const [left, right] = [one, other].map((path) => path.split('/')) as [string[], string[]];
  if (left.length !== right.length) return false;
  let [leftIsOpen, rightIsOpen] = [false, false];
  for (const [at, segment] of left.entries()) {
    const opposite = right[at] as string;
    const [isLeft, isRight] = [segment.startsWith(':'), opposite.startsWith(':')];
    if (!isLeft && !isRight && segment !== opposite) return false;
    if (isLeft && !isRight) leftIsOpen = true;
    if (isRight && !isLeft) rightIsOpen = true;
  }
  return leftIsOpen && rightIsOpen;
}
