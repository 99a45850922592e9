import { Document, isScalar, Scalar, visit } from 'yaml';
import type { Rendered } from './composite.ts';
import { fieldOf, type JsonObject } from './composition.ts';

/** What `crossplane render` is asked to show besides the resources. */
export interface Shown {
  readonly fullComposite: boolean;
  readonly results: boolean;
  readonly context: boolean;
}

const API = 'render.crossplane.io/v1beta1';

/** The documents that `crossplane render` prints, in its order. */
export function renderedDocuments(
  rendered: Rendered,
  composite: JsonObject,
  shown: Shown,
): readonly JsonObject[] {
  const spec = fieldOf(composite, 'spec');
  const whole = {
    ...rendered.composite,
    metadata: fieldOf(composite, 'metadata'),
    ...(spec === undefined ? {} : { spec }),
  };
  const results = rendered.results.map(({ step, severity, message }) => ({
    apiVersion: API,
    kind: 'Result',
    message,
    severity,
    step,
  }));
  return [
    shown.fullComposite ? whole : rendered.composite,
    ...rendered.resources.map(({ object }) => object),
    ...(shown.results ? results : []),
    ...(shown.context ? [{ apiVersion: API, fields: rendered.context, kind: 'Context' }] : []),
  ];
}

/** A YAML document as Go's tools write it: keys sorted, lists not indented, text quoted where it could be misread. */
export function yamlDocument(object: JsonObject): string {
  const document = new Document(object, { sortMapEntries: true, aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      if (isScalar(node) && typeof node.value === 'string') quote(node, node.value);
    },
  });
  return `---\n${document.toString({ indentSeq: false, lineWidth: 80, singleQuote: true, minContentWidth: 0 })}`;
}

/** What YAML 1.1 reads as no text although YAML 1.2 does. */
const MISREAD =
  /^(?:y|n|yes|no|on|off|true|false|null|~|=|<<|[-+]?\.(?:inf|nan)|[-+]?\.?[0-9][0-9_.:,eE+xoabcdefABCDEFXOB-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ].*)$/i;

function quote(node: Scalar, text: string): void {
  if (text.includes('\n')) node.type = Scalar.BLOCK_LITERAL;
  else if (text === '' || MISREAD.test(text)) node.type = Scalar.QUOTE_DOUBLE;
}
