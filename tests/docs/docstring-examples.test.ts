import { expect, test } from 'vitest';
import { listPublishedEntries } from '../../tools/build/published-symbols.ts';
import { exampleCode, parseDocstring } from '../../tools/docs/docstring.ts';
import { findWorkspaces } from '../../tools/source-tree.ts';
import { compileExamples } from './compile-examples.ts';

/** What a site passes to `createValetkey`. */
const EMBEDDING = {
  site: `import('@valetkey/server').Site`,
  store: `import('@valetkey/server').Store`,
};

/** The declarations that examples assume: of all examples, of those of a package, or of one name. */
const AROUND: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '': {
    key: 'string',
    nonce: 'string',
    pem: 'string',
    sealed: 'string',
    privateKeyPem: 'string',
    address: 'string',
    ipAddress: 'string',
    site: 'string',
    scopes: 'string[]',
    applicationName: 'string',
    urlThatMyAppOpens: 'string',
    response: 'Response',
    spkiDer: 'Uint8Array',
    query: 'Record<string, unknown>',
    body: 'Record<string, unknown>',
    login: `import('@valetkey/client').Login`,
    payload: `import('@valetkey/protocol').Payload`,
    keyOf2048Bits: `import('@valetkey/protocol').RsaPublicKey`,
    openInBrowser: '(url: URL) => void',
    authRedirect: 'string',
    button: 'HTMLButtonElement',
    show: '(...texts: string[]) => void',
    showForum: `(forum: import('@valetkey/client').Connection) => void`,
    app: `{
      on(event: 'open-url', listener: (event: unknown, url: string) => void): void;
      on(event: 'second-instance', listener: (event: unknown, argv: string[]) => void): void;
    }`,
    shell: '{ openExternal(url: string): Promise<void> }',
    answerFromThePerson: '() => Promise<string>',
    test: '(name: string, run: () => Promise<void>) => void',
  },
  buildKeyRequestUrl: { request: `import('@valetkey/protocol').KeyRequestOptions` },
  parseDeviceRequest: { request: 'Request' },
  describeRedirectPattern: { pattern: `import('@valetkey/protocol').RedirectPattern` },
  '@valetkey/server': {
    ...EMBEDDING,
    request: 'Request',
    sessions: `{ find(id: string): import('@valetkey/server').Session | null }`,
    readCookie: '(request: Request, name: string) => string',
    users: `Map<string, import('@valetkey/server').SiteUser>`,
    usersByName: `Map<string, import('@valetkey/server').SiteUser>`,
    pushes: `import('@valetkey/server').PushStore`,
    valetkey: `import('@valetkey/server').Valetkey`,
    createServer: `typeof import('node:http').createServer`,
    sendMail: '(userId: string, subject: string) => Promise<void>',
  },
  expressKeys: { app: `import('express').Express` },
  fastifyKeys: { app: `import('fastify').FastifyInstance` },
  honoKeys: {
    app: `import('hono').Hono`,
    getConnInfo: `typeof import('@hono/node-server/conninfo').getConnInfo`,
  },
  createForwardAuth: {
    matchRoute: `import('@valetkey/server/forward-auth').ForwardAuthOptions['matchRoute']`,
    toHead: `(request: import('node:http').IncomingMessage) => import('@valetkey/server').RequestHead`,
  },
  '@valetkey/gateway': { readFileSync: `typeof import('node:fs').readFileSync` },
  '@valetkey/oauth': EMBEDDING,
  createMcp: {
    ...EMBEDDING,
    createOauth: `typeof import('@valetkey/oauth').createOauth`,
    tools: `import('@valetkey/mcp').DefinedTools`,
    app: `import('hono').Hono`,
  },
  '@valetkey/valkey': EMBEDDING,
};

const workspaces = findWorkspaces();
const entries = workspaces.flatMap((workspace) =>
  listPublishedEntries(workspace, workspaces).map((entry) => ({ owner: workspace.name, ...entry })),
);
const examples = entries.flatMap(({ owner, specifier, symbols }) =>
  symbols.flatMap(({ name, comment }) =>
    parseDocstring(comment ?? '')
      .tags.filter((tag) => tag.name === 'example')
      .map((tag) => ({
        owner,
        name,
        file: `${specifier.replaceAll(/\W+/g, '-')}-${name}.ts`,
        code: exampleCode(tag.text),
      })),
  ),
);

/** Returns an example with its imports and the declarations that it assumes. */
function toModule({ owner, name: about, code }: (typeof examples)[number]): string {
  const names = new Set(code.replaceAll(/\/\/.*|'[^']*'/g, '').match(/(?<!\w|[^.]\.)[A-Za-z]\w*\b(?!:)/g));
  for (const [, declared = ''] of code.matchAll(/\b(?:const|let)\s+(\{[^}]*\}|\w+)/g))
    for (const name of declared.match(/\w+/g) ?? []) names.delete(name);
  const ownFirst = entries.toSorted((a, b) => Number(b.owner === owner) - Number(a.owner === owner));
  const lines: string[] = [];
  for (const name of names) {
    const entry = ownFirst.find(({ symbols }) => symbols.some((symbol) => symbol.name === name));
    const type = [about, owner, ''].map((scope) => AROUND[scope]?.[name]).find(Boolean);
    if (type) lines.push(`declare const ${name}: ${type};`);
    else if (entry) {
      const { kind } = entry.symbols.find((symbol) => symbol.name === name) ?? {};
      lines.unshift(`import { ${kind === 'type' ? 'type ' : ''}${name} } from '${entry.specifier}';`);
    }
  }
  return `${lines.join('\n')}\nexport async function example() {\n${code}\n}\n`;
}

test('docstring examples: all compile', () => {
  expect(examples.length).toBeGreaterThan(20);
  const modules = new Map(examples.map((example) => [example.file, toModule(example)]));
  expect(compileExamples('docstring-examples', modules)).toBe('');
});
