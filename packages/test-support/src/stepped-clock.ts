// Loaded with `--import` before a program, on any machine: the clocks of the process are those of the system plus the two numbers of the
// file $VALETKEY_CLOCK_FILE, in milliseconds. `startSteppedClock` writes them. The program itself is unchanged.
import { readFileSync } from 'node:fs';

const file = process.env.VALETKEY_CLOCK_FILE ?? '';
const readOffsets = (): number[] => readFileSync(file, 'utf8').split(' ').map(Number);
const SystemDate = Date;
const systemNow = Date.now;
const systemMonotonic = performance.now.bind(performance);
const wallNow = (): number => systemNow() + (readOffsets()[0] ?? 0);

globalThis.Date = new Proxy(SystemDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(target, args.length === 0 ? [wallNow()] : args, newTarget),
  get: (target, name) => (name === 'now' ? wallNow : Reflect.get(target, name)),
});
performance.now = () => systemMonotonic() + (readOffsets()[1] ?? 0);
