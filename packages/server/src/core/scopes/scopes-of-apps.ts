/** These open no route: they say where an app is signed in, and where it is sent notifications. */
export const SCOPES_OF_APPS: readonly string[] = ['one_time_password', 'push'];
