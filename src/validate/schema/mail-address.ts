/**
 * Mail addresses of RFC 5322 as Go reads them: `ann@tideline.example`, `"Ann Bonny" <ann@tideline.example>`.
 * https://pkg.go.dev/net/mail#ParseAddress
 */

// Each repetition takes at least one character that no other part of it takes, so none can backtrack for long.
const ATOM = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~\\u0080-\\uffff]+";
const DOTTED = `${ATOM}(?:\\.${ATOM})*`;
const QUOTED = '"(?:[^"\\\\\\r\\n]|\\\\[^\\r\\n])*"';
const LITERAL = '\\[[^\\[\\]\\\\\\s]+\\]';
const ADDRESS = `(?:${DOTTED}|${QUOTED})@(?:${DOTTED}|${LITERAL})`;
const WORD = `(?:${QUOTED}|[A-Za-z0-9!#$%&'*+\\-/=?^_\`{|}~.\\u0080-\\uffff]+)`;

const PLAIN = new RegExp(`^${ADDRESS}$`);
const NAMED = new RegExp(`^(?:${WORD}(?:[ \\t]+${WORD})*[ \\t]*)?<${ADDRESS}>$`);

export function isMailAddress(text: string): boolean {
  const trimmed = text.replace(/^[ \t]+|[ \t]+$/g, '');
  return trimmed.length <= 1_000 && (PLAIN.test(trimmed) || NAMED.test(trimmed));
}
