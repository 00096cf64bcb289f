/** A pattern that must not occur in the sources. */
export interface Lock {
  /** The promise, as the name of the test: "no code from text". */
  readonly promise: string;
  readonly reason: string;
  readonly pattern: RegExp;
  /** A line that the pattern must match, as a test of the pattern. */
  readonly caught: string;
  /** A similar line that is allowed. */
  readonly passes: string;
  /** The folders to search. @default all packages and apps */
  readonly folders?: readonly string[];
  /** Whether the promise covers tests too. */
  readonly bindsTests?: true;
  /** Exempt files, each with the reason. */
  readonly except?: Readonly<Record<string, string>>;
}

/** Promises about the sources that neither types nor unit tests can check. */
export const LOCKS: readonly Lock[] = [
  {
    promise: 'no Math.random',
    reason: 'Keys, codes and tokens come from a cryptographic source, and nothing else is random.',
    pattern: /\bMath\.random\b/,
    caught: 'const id = Math.random();',
    passes: 'const id = randomBytes(16);',
  },
  {
    promise: 'no system clock except in outermost functions',
    reason: 'Time is injected, so that expiry can be tested without waiting.',
    pattern: /\bDate\.now\b|\bnew Date\(\)/,
    caught: 'const now = Date.now();',
    passes: 'const day = new Date(now());',
    except: {
      'apps/forum/src/forum.ts': 'the default of an option',
      'apps/forum/src/testing/start-test-site.ts': 'the clock that tests move',
      'packages/cli/src/commands/list.ts': 'the outermost function of a command',
      'packages/client/src/browser/browser-login.ts': 'the default of an option',
      'packages/client/src/site-refusal.ts': 'the default of a parameter',
      'packages/conformance/src/attempt-limiter-conformance.ts':
        'unique names, because a shared medium keeps earlier counts',
      'packages/conformance/src/use-limiter-conformance.ts':
        'unique names, because a shared medium keeps earlier counts',
      'packages/cli/src/doctor/run-doctor.ts': 'the outermost function of a command',
      'packages/admin/src/main.ts': 'the outermost function of a command',
      'packages/gateway/src/gateway.ts': 'the default of an option',
      'packages/server/src/valetkey.ts': 'the default of an option',
      'packages/sql-store/src/postgres/postgres-store.ts': 'the outermost function of a store',
    },
  },
  {
    promise: 'no innerHTML',
    reason: 'Markup that is built in a browser bypasses the escaping of the templates.',
    pattern: /\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write\b/,
    caught: 'element.innerHTML = name;',
    passes: 'element.textContent = name;',
  },
  {
    promise: 'no code from text',
    reason: 'The pages have a policy without unsafe-eval, and no input may become code.',
    pattern: /\beval\(|\bnew Function\(|\bset(?:Timeout|Interval)\(\s*['"`]/,
    caught: "new Function('return 1')",
    passes: 'evaluate(scope)',
    except: {
      'packages/valkey/src/script-client.ts': 'the command EVAL, whose text is a constant of the package',
    },
  },
  {
    promise: 'no value inside the text of a statement',
    reason: 'Values are parameters of SQL statements; interpolating them allows injection.',
    pattern: /\b(?:exec|prepare|query|statement)\(\s*(?:`[^`]*\$\{|(?:'[^'\n]*'|"[^"\n]*")\s*\+)/,
    caught: "db.prepare('SELECT * FROM keys WHERE id = ' + id)",
    passes: 'db.prepare(`SELECT * FROM keys WHERE id = ?`)',
    except: {
      'apps/forum/src/data/bookmarks.ts': 'a condition in a constant that several statements share',
      'apps/forum/src/data/notifications.ts': 'a condition in a constant that several statements share',
      'apps/forum/src/data/post-lists.ts': 'a condition in a constant that several statements share',
      'apps/forum/src/data/topics.ts': 'a condition in a constant that several statements share',
      'packages/sql-store/src/stores/key-rows.ts': 'the table: one of two literals, by its type',
      'packages/sql-store/src/stores/erase-user.ts': 'the table: one of two literals',
      'packages/sql-store/src/stores/record-uses.ts': 'the table: one of three literals, by its type',
      'packages/sql-store/src/stores/admin-keys.ts':
        'a condition in a constant that several statements share',
      'packages/sql-store/src/stores/keys.ts': 'a condition in a constant that several statements share',
      'packages/sql-store/src/stores/replace-key.ts':
        'a condition in a constant that several statements share',
      'packages/sql-store/src/sqlite/sqlite-database.ts':
        'the number of migrations: a PRAGMA takes no parameters',
    },
  },
  {
    promise: 'no console except in commands',
    reason: 'A library that prints may print a secret; only programs print, to their own output.',
    pattern: /\bconsole\.\w+\(/,
    caught: 'console.log(key)',
    passes: 'log(key.id)',
    folders: [
      'packages/protocol',
      'packages/client',
      'packages/server',
      'packages/sql-store',
      'packages/conformance',
      'packages/gateway',
      'packages/admin',
      'apps',
    ],
    except: {
      'packages/gateway/src/main.ts': 'a command: its output is the console',
      'packages/gateway/src/run.ts': 'a command: its output is the console',
      'packages/admin/src/main.ts': 'a command: its output is the console',
      'apps/forum/src/main.ts': 'a command: its output is the console',
      'apps/forum/src/testing/main.ts': 'a command: its output is the console',
      'apps/forum/src/need-node.ts': 'the first line of both commands',
      'apps/forum/src/http/render-error.ts':
        'the stack of an unexpected error, for the operator; it contains no request',
    },
  },
  {
    promise: 'no unescaped text in pages',
    reason: '`raw()` disables the escaping of a template; untrusted values must not reach it.',
    pattern: /\braw\(/,
    caught: 'raw(name)',
    passes: 'html`<b>draw(name)</b>`',
    except: {
      'apps/forum/src/shapes/cook.ts': 'inserts markup that its own template escaped',
      'packages/server/src/ui/parts/layout.ts':
        'inserts the header and footer that the site passes as markup of its own',
      'packages/server/src/ui/messages/pseudo-messages.ts':
        'replaces letters between the tags of a message that its template escaped',
    },
  },
  {
    promise: 'no comparison of secrets in variable time',
    reason:
      'The duration of === depends on the number of equal characters; use timingSafeEqual or look up a hash.',
    pattern:
      /\b(?:csrfToken|secret|passwordHash|approvalToken)\b\s*[!=]==(?!\s*(?:null|undefined|''|""))|[!=]==\s*[\w.?]*\b(?:csrfToken|secret|passwordHash|approvalToken)\b/,
    caught: 'if (sent === session.csrfToken) return;',
    passes: 'if (session.csrfToken === null) return;',
  },
  {
    promise: 'no IP address from X-Forwarded-For',
    reason:
      'Every sender can set X-Forwarded-For; the IP address comes from the socket, or from a proxy that the site trusts.',
    pattern: /['"`]x-forwarded-for['"`]/i,
    caught: "request.headers.get('X-Forwarded-For')",
    passes: 'context.address',
    except: {
      'apps/forum/src/start-forum.ts':
        'reads it for createFindClientIpAddress, which trusts listed proxies only',
      'packages/server/src/http/forward-auth/read-asked-request.ts': 'reads it from listed proxies only',
      'packages/server/src/adapters/node.ts':
        'reads it for createFindClientIpAddress, which trusts listed proxies only',
      'packages/gateway/src/http/arrival.ts':
        'reads it for findClientIpAddress, which trusts listed proxies only',
      'packages/gateway/src/proxy/forwarded-request.ts': 'replaces the header of the sender',
      'packages/server/src/observe/monitor.ts': 'refuses every request that has it',
    },
  },
  {
    promise: 'no skipped test',
    reason: 'A skipped test proves nothing, and an exclusive one disables all others.',
    pattern: /\b(?:test|it|describe)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)\b/,
    caught: "test.skip('later', () => {});",
    passes: "test.each([1])('now', () => {});",
    folders: ['packages', 'apps', 'tests', 'tools', 'examples'],
    bindsTests: true,
    except: {
      'packages/test-support/src/describe-when.ts': 'a program is missing: reported by name, and fails in CI',
      'tests/faults/network.test.ts': 'a container may not create networks; another test cuts the connection',
    },
  },
  {
    promise: 'no test that prints',
    reason: 'The output of tests is kept in logs, and logs must contain no keys.',
    pattern: /\bconsole\.\w+\(|\bprocess\.std(?:out|err)\.write\(/,
    caught: 'console.log(opened.key);',
    passes: 'expect(opened.key).toMatch(/^[0-9a-f]{32}$/);',
    folders: ['tests', '{packages,apps}/*/tests', 'examples/test-support'],
    bindsTests: true,
    except: {
      'tests/soak/soak.ts': 'a command: its output is the console',
      'tests/faults/node-program.ts': 'a program for another process, whose output the test reads',
      'examples/test-support/fake-electron.ts': 'the URL that a user would see in the browser',
      'tests/artifact/packed.test.ts': 'programs for another process, whose output the test reads',
    },
  },
  {
    promise: 'no test that sleeps',
    reason: 'A sleep is too short on a busy machine and too long on others; the clock is injected.',
    pattern: /setTimeout\(\s*\w+\s*,\s*[\d_]+\s*\)|\bsetTimeout\b[^;]*from 'node:timers\/promises'/,
    caught: 'await new Promise((resolve) => setTimeout(resolve, 50));',
    passes: 'clock.advance(50);',
    folders: ['packages', 'apps', 'tests', 'examples/test-support'],
    bindsTests: true,
    except: {
      'apps/forum/src/start-forum.ts': 'the time for clients to see the announced end of a connection',
      'apps/forum/src/mail/mail-queue.ts': 'the longest time that a close waits for the SMTP server',
      'apps/forum/src/mail/open-mailer.ts': 'the time before a retry; tests inject it',
      'tests/e2e/kill.test.ts': 'kills a process at an arbitrary time; the delay is the test',
      'tests/e2e/oauth-kill.test.ts': 'kills a process at an arbitrary time; the delay is the test',
    },
  },
  {
    promise: 'no suppressed compiler or linter errors',
    reason: 'If a finding is wrong, the check is corrected.',
    pattern: /@ts-(?:ignore|nocheck|expect-error)|biome-ignore (?!.*: \w+ \w+)/,
    caught: '// @ts-ignore',
    passes: '// biome-ignore lint/x: a reason in words that says why',
    folders: ['packages', 'apps', 'tests', 'tools', 'bench', 'examples'],
    bindsTests: true,
    except: {
      'tests/artifact/packed.test.ts': 'a program whose expected type error the test requires',
    },
  },
];
