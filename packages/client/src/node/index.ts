export { type LoopbackReceiver, listenOnLoopback } from './loopback-receiver.ts';
