import { describeForwardAuth } from './forward-auth-suite.ts';
import { startHaproxy } from './start-proxy.ts';

describeForwardAuth('haproxy', startHaproxy);
