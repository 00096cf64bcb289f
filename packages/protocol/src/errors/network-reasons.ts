/** The clauses for `reason` of `site_unreachable`. Browsers hide these reasons, so pages do not load the clauses. */
export const NETWORK_REASONS = {
  host_unknown: 'the host name does not exist',
  host_not_resolved: 'the host name cannot be resolved now',
  connection_refused: 'the connection was refused',
  connection_closed: 'the connection was closed',
  certificate_expired: 'its certificate has expired',
  certificate_untrusted: 'its certificate is not signed by a trusted authority',
  certificate_of_other_host: 'its certificate is for another host name',
  port_without_tls: 'it speaks http, not https: try {http_url}',
} as const;
