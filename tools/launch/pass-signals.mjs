const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const POLL_MS = 250;

/**
 * Sends the signals of this process to a child. npm 11 sends a signal to the shell between them, which ends without
 * passing it on. Therefore the child also receives SIGTERM when the parent of this process ends. Returns a function that
 * stops this.
 */
export function passSignals(child) {
  const pass = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, pass);
  const poll = watchParent(() => child.kill('SIGTERM'));
  return () => {
    clearInterval(poll);
    for (const signal of SIGNALS) process.off(signal, pass);
  };
}

function watchParent(onEnd) {
  // Without npm, a parent may end on purpose: `node tools/run.mjs … &`.
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const poll = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(poll);
    onEnd();
  }, POLL_MS);
  return poll;
}
