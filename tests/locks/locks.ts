/** A pattern that must not occur in the sources. */
export interface Lock {
  /** What is promised, as the name of the test: "no code from text". */
  readonly promise: string;
  readonly reason: string;
  readonly pattern: RegExp;
  /** A line that the pattern must catch: a lock that catches nothing is no lock. */
  readonly caught: string;
  /** A line close to it that is fine. */
  readonly passes: string;
  /** Where to look; in all packages and apps if left out. */
  readonly folders?: readonly string[];
  /** Whether tests keep the promise too. */
  readonly bindsTests?: true;
  /** Files that may, each with the reason. */
  readonly except?: Readonly<Record<string, string>>;
}

/** The structural promises that no type and no unit test can keep. */
export const LOCKS: readonly Lock[] = [
  {
    promise: 'no Math.random',
    reason: 'Keys, codes and tokens come from a cryptographic source, and nothing else needs chance.',
    pattern: /\bMath\.random\b/,
    caught: 'const id = Math.random();',
    passes: 'const id = randomBytes(16);',
  },
  {
    promise: 'no clock but at the edges',
    reason: 'Time is injected, so that expiry can be tested without waiting.',
    pattern: /\bDate\.now\b|\bnew Date\(\)/,
    caught: 'const now = Date.now();',
    passes: 'const day = new Date(now());',
    except: {
      'apps/forum/src/forum.ts': 'the default of an option',
      'apps/forum/src/testing/start-test-site.ts': 'the clock that tests move',
      'packages/cli/src/commands/list.ts': 'the outermost function of a command',
      'packages/client/src/browser/browser-login.ts': 'the default of an option',
      'packages/cli/src/doctor/run-doctor.ts': 'the outermost function of a command',
      'packages/server/src/valetkey.ts': 'the default of an option',
    },
  },
  {
    promise: 'no innerHTML',
    reason: 'Markup that is put together in a browser goes round the escaping of the templates.',
    pattern: /\b(?:inner|outer)HTML\b|\binsertAdjacentHTML\b|\bdocument\.write\b/,
    caught: 'element.innerHTML = name;',
    passes: 'element.textContent = name;',
  },
  {
    promise: 'no code from text',
    reason: 'The pages run under a policy without unsafe-eval, and nothing that was sent may become code.',
    pattern: /\beval\(|\bnew Function\(|\bset(?:Timeout|Interval)\(\s*['"`]/,
    caught: "new Function('return 1')",
    passes: 'evaluate(scope)',
  },
  {
    promise: 'no value inside the text of a statement',
    reason: 'Values reach SQL as parameters; a template with a hole in it is where an injection begins.',
    pattern: /\b(?:exec|prepare|query)\(\s*(?:`[^`]*\$\{|(?:'[^'\n]*'|"[^"\n]*")\s*\+)/,
    caught: "db.prepare('SELECT * FROM keys WHERE id = ' + id)",
    passes: 'db.prepare(`SELECT * FROM keys WHERE id = ?`)',
    except: {
      'apps/forum/src/data/database.ts': 'the number of migrations: a PRAGMA takes no parameters',
      'packages/sql-store/src/sqlite/key-rows.ts': 'the table: one of two literals, by its type',
      'packages/sql-store/src/sqlite/sqlite-keys.ts':
        'a condition that stands in one constant for several statements',
      'packages/sql-store/src/sqlite/open-database.ts':
        'the number of migrations: a PRAGMA takes no parameters',
    },
  },
  {
    promise: 'no console but in commands',
    reason: 'A library that prints, prints secrets one day; only programs speak, through their own output.',
    pattern: /\bconsole\.\w+\(/,
    caught: 'console.log(key)',
    passes: 'log(key.id)',
    folders: ['packages/protocol', 'packages/client', 'packages/server', 'apps'],
    except: {
      'packages/sql-store/src/sqlite/back-up-main.ts': 'a command: its output is the console',
      'apps/forum/src/main.ts': 'a command: its output is the console',
      'apps/forum/src/testing/main.ts': 'a command: its output is the console',
      'apps/forum/src/need-node.ts': 'the first line of both commands',
      'apps/forum/src/http/render-error.ts':
        'the stack of an unexpected error, for whoever runs the forum; it holds no request',
    },
  },
  {
    promise: 'no unescaped text in pages',
    reason: '`raw()` switches the escaping of a template off; a value from outside must never get there.',
    pattern: /\braw\(/,
    caught: 'raw(name)',
    passes: 'html`<b>draw(name)</b>`',
    except: {
      'apps/forum/src/shapes/cook.ts': 'passes on what its own template escaped',
    },
  },
  {
    promise: 'no secret told apart by its first wrong letter',
    reason:
      'Comparing a hash or a token with === takes longer the more of it is right; use timingSafeEqual or look up a hash.',
    pattern:
      /\b(?:csrfToken|secret|passwordHash|approvalToken)\b\s*[!=]==(?!\s*(?:null|undefined|''|""))|[!=]==\s*[\w.?]*\b(?:csrfToken|secret|passwordHash|approvalToken)\b/,
    caught: 'if (sent === session.csrfToken) return;',
    passes: 'if (session.csrfToken === null) return;',
  },
  {
    promise: 'no private address of this machine taken for the peer',
    reason:
      'X-Forwarded-For is written by whoever sends; the address of a request comes from the socket, or from a proxy that the site named.',
    pattern: /['"`]x-forwarded-for['"`]/i,
    caught: "request.headers.get('X-Forwarded-For')",
    passes: 'context.address',
  },
  {
    promise: 'no test that is left out',
    reason: 'A skipped test looks like a promise and keeps none; an exclusive one hides all others.',
    pattern: /\b(?:test|it|describe)(?:\.\w+)*\.(?:skip|only|todo|skipIf|runIf|fails)\b/,
    caught: "test.skip('later', () => {});",
    passes: "test.each([1])('now', () => {});",
    folders: ['packages', 'apps', 'tests', 'tools', 'examples'],
    bindsTests: true,
    except: {
      'tests/browser/describe-in-chromium.ts': 'needs a Chromium; reported by name, and fails in CI',
    },
  },
  {
    promise: 'no test that prints',
    reason:
      'What a test prints is kept in logs, and a key in a log teaches everybody to look past keys in logs.',
    pattern: /\bconsole\.\w+\(|\bprocess\.std(?:out|err)\.write\(/,
    caught: 'console.log(opened.key);',
    passes: 'expect(opened.key).toMatch(/^[0-9a-f]{32}$/);',
    folders: ['tests', '{packages,apps}/*/tests', 'examples/test-support'],
    bindsTests: true,
    except: {
      'examples/test-support/fake-electron.ts': 'the address that a person would see in their browser',
      'tests/artifact/packed.test.ts': 'programs for another process, whose output is what the test reads',
    },
  },
  {
    promise: 'no test that waits for time to pass',
    reason: 'A sleep is too short on a busy machine and too long on every other; the clock is injected.',
    pattern: /setTimeout\(\s*\w+\s*,\s*[\d_]+\s*\)|\bsetTimeout\b[^;]*from 'node:timers\/promises'/,
    caught: 'await new Promise((resolve) => setTimeout(resolve, 50));',
    passes: 'clock.advance(50);',
    folders: ['packages', 'apps', 'tests', 'examples/test-support'],
    bindsTests: true,
    except: {
      'tests/e2e/kill.test.ts': 'kills a process at a moment that nothing announces: the wait is the test',
    },
  },
  {
    promise: 'no compiler or linter silenced',
    reason: 'What a check says is either wrong, and then the check is mended, or right.',
    pattern: /@ts-(?:ignore|nocheck|expect-error)|biome-ignore (?!.*: \w+ \w+)/,
    caught: '// @ts-ignore',
    passes: '// biome-ignore lint/x: a reason in words that says why',
    folders: ['packages', 'apps', 'tests', 'tools', 'bench', 'examples'],
    bindsTests: true,
  },
];
