import { Composer, type CST, type Document, isScalar, type ParsedNode, Parser } from 'yaml';
import type { Checked, Finding } from '#model/finding.ts';
import type { Origin } from '#model/origin.ts';
import type { Suggest } from '#model/suggest.ts';
import { finding, startOf } from '../finding.ts';
import { LIMITS } from '../source.ts';
import type { Mapping } from '../tree.ts';
import { buildTree } from './build.ts';
import { explainSyntax } from './explain.ts';
import { type PlaceOf, placesIn } from './lines.ts';

/**
 * Text of one environment file -> a tree with positions. YAML 1.2, strictly: one document, a mapping, text
 * keys, no merge keys, no tags of one's own. Time and memory are linear in the text, whatever it says.
 * `value` is undefined where nothing of the file can be judged further.
 */
export function parseYaml(file: string, text: string, suggest: Suggest): Checked<Mapping> {
  if (text.length > LIMITS.size) return nothing(tooLarge('characters', LIMITS.size, startOf(file)));
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const placeOf = placesIn(file, body);

  const { tokens, findings } = tokenize(body, placeOf);
  const tooDeep = firstBelow(tokens, LIMITS.nesting);
  if (tooDeep !== undefined) return nothing(tooLarge('levels', LIMITS.nesting, placeOf(tooDeep.offset)));
  const document = compose(tokens, body.length);
  const syntax = document === undefined ? [] : explainSyntax(document, placeOf);
  if (findings.length > 0 || syntax.length > 0) return nothing(...findings, ...syntax);
  const contents = document?.contents;
  if (!contents || (isScalar(contents) && contents.value === null && contents.source === '')) {
    return nothing(finding('environment-empty-file', '', startOf(file), {}));
  }

  const built = buildTree(contents, placeOf, suggest);
  const tree = built.value;
  if (tree === undefined || tree.kind === 'mapping') return { value: tree, findings: built.findings };
  const actual = tree.kind === 'list' ? 'a list' : 'a single value';
  return nothing(...built.findings, finding('environment-not-mapping', '', tree.at, { actual }));
}

const nothing = (...findings: readonly Finding[]): Checked<Mapping> => ({ value: undefined, findings });

const tooLarge = (what: string, limit: number, origin: Origin): Finding =>
  finding('environment-too-large', '', origin, { what, limit });

/** The tokens of the first document; a second one and directives are findings. */
function tokenize(body: string, placeOf: PlaceOf) {
  const tokens: CST.Token[] = [];
  const findings: Finding[] = [];
  let documents = 0;
  for (const token of new Parser().parse(body)) {
    if (token.type === 'directive' && findings.length === 0) {
      const directive = token.source;
      findings.push(finding('environment-directive', '', placeOf(token.offset), { directive }));
    }
    if (token.type === 'document' && ++documents === 2) {
      findings.push(finding('environment-several-documents', '', placeOf(token.offset), {}));
    }
    if (token.type !== 'directive' && documents < 2) tokens.push(token);
  }
  return { tokens, findings };
}

/**
 * The first token that is nested more than `limit` deep. The composer recurses, and a stack that runs out
 * inside V8's compiler of regular expressions ends the process: nothing deep may reach it.
 */
function firstBelow(tokens: readonly CST.Token[], limit: number): CST.Token | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = [];
  for (const token of tokens) open.push({ token, depth: 0 });
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > limit) return token;
    if (token.type === 'document' && token.value) open.push({ token: token.value, depth });
    if (!('items' in token)) continue;
    for (const item of token.items) {
      if (item.key) open.push({ token: item.key, depth: depth + 1 });
      if (item.value) open.push({ token: item.value, depth: depth + 1 });
    }
  }
  return undefined;
}

/** Tokens -> syntax tree. Keys are compared by `buildTree`: the composer's way is quadratic. */
function compose(tokens: readonly CST.Token[], end: number): Document.Parsed<ParsedNode> | undefined {
  const traces = Error.stackTraceLimit;
  // The composer makes an Error for each mistake; collecting a stack for each is most of the time that a
  // file of nothing but mistakes takes.
  Error.stackTraceLimit = 0;
  try {
    const composer = new Composer({
      uniqueKeys: false,
      merge: false,
      resolveKnownTags: false,
      logLevel: 'silent',
    });
    for (const document of composer.compose(tokens, false, end)) {
      return document as Document.Parsed<ParsedNode>; // Composer yields the generic form of the same thing.
    }
    return undefined;
  } finally {
    Error.stackTraceLimit = traces;
  }
}
