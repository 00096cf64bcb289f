import { describeForwardAuth } from './forward-auth-suite.ts';
import { describeHostileRequests } from './hostile-requests-suite.ts';
import { startHaproxy } from './start-proxy.ts';

describeForwardAuth('haproxy', startHaproxy);
describeHostileRequests('haproxy', startHaproxy);
