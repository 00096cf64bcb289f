/** Changes to a PEM in transit, by name. The key must stay readable after each of them. */
export const MANGLINGS: Readonly<Record<string, (pem: string) => string>> = {
  'as it was made': (pem) => pem,
  'CRLF line breaks': (pem) => pem.replaceAll('\n', '\r\n'),
  'CR line breaks': (pem) => pem.replaceAll('\n', '\r'),
  'line breaks doubled': (pem) => pem.replaceAll('\n', '\n\n'),
  'no final line break': (pem) => pem.trimEnd(),
  'spaces before and after': (pem) => ` \t\n\n${pem}\n  \n`,
  'byte order mark': (pem) => `\uFEFF${pem}`,
  quoted: (pem) => `"${pem.trimEnd()}"`,
  indented: (pem) => pem.replace(/^/gm, '    '),
  'all on one line': (pem) => pem.replaceAll('\n', ''),
  'line breaks as \\n': (pem) => pem.replaceAll('\n', '\\n'),
  'line breaks as \\r\\n': (pem) => pem.replaceAll('\n', '\\r\\n'),
  'line breaks as \\\\n': (pem) => pem.replaceAll('\n', '\\\\n'),
  'lines of 76': (pem) => rewrap(pem, 76),
  'lines of 20': (pem) => rewrap(pem, 20),
  'lines of 1000': (pem) => rewrap(pem, 1000),
  'spaces for +': (pem) => pem.replaceAll('+', ' '),
  'spaces for +, CRLF': (pem) => pem.replaceAll('+', ' ').replaceAll('\n', '\r\n'),
  'spaces for +, on one line': (pem) => pem.replaceAll('+', ' ').replaceAll('\n', ''),
  'spaces for line breaks': (pem) => pem.replaceAll('\n', ' '),
  'two spaces for line breaks': (pem) => pem.replaceAll('\n', '  '),
  'spaces for + and for line breaks': (pem) => pem.replace(/[+\n]/g, ' '),
  'spaces for + and two for line breaks': (pem) => pem.replaceAll('+', ' ').replaceAll('\n', '  '),
  'spaces for + and for line breaks, lines of 76': (pem) => rewrap(pem, 76).replace(/[+\n]/g, ' '),
  'spaces for +, indented': (pem) => pem.replaceAll('+', ' ').replace(/^/gm, '    '),
  'spaces of the label as +': (pem) => pem.replace(/-----[^-]+-----/g, (label) => label.replaceAll(' ', '+')),
  'every blank as +': (pem) => pem.replace(/[ \n]/g, '+'),
  'percent-encoded': (pem) => encodeURIComponent(pem),
  'percent-encoded twice': (pem) => encodeURIComponent(encodeURIComponent(pem)),
  'percent-encoded in lower case': (pem) =>
    encodeURIComponent(pem).replace(/%../g, (code) => code.toLowerCase()),
  'encoded as a form': (pem) => new URLSearchParams({ pem }).toString().slice(4),
  'encoded as a form twice': (pem) =>
    new URLSearchParams({ pem: MANGLINGS['encoded as a form']?.(pem) ?? '' }).toString().slice(4),
  'encodeURI, which leaves +, read as a form': (pem) => encodeURI(pem).replaceAll('+', ' '),
  'without armour': (pem) => pem.replace(/-----[^-]+-----/g, ''),
  'without armour, on one line': (pem) => pem.replace(/-----[^-]+-----|\n/g, ''),
  'without armour, spaces for + and for line breaks': (pem) =>
    pem.replace(/-----[^-]+-----/g, '').replace(/[+\n]/g, ' '),
  'without base64 padding': (pem) => pem.replaceAll('=', ''),
  'the other label': (pem) =>
    pem.includes('RSA PUBLIC')
      ? pem.replaceAll('RSA PUBLIC', 'PUBLIC')
      : pem.replaceAll('PUBLIC', 'RSA PUBLIC'),
};

function rewrap(pem: string, width: number): string {
  return pem.replace(/(-----BEGIN [^-]+-----)([^-]*)/, (_, label: string, body: string) => {
    const lines = body.replaceAll('\n', '').match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
    return [label, ...lines, ''].join('\n');
  });
}
