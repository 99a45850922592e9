import { children } from '#cel/check/children.ts';
import { declarationsOf } from '#cel/check/environment.ts';
import { kubernetesLibraries } from '#cel/library/libraries.ts';
import type { Expression, Name } from '#cel/syntax/expression.ts';
import { parse } from '#cel/syntax/parse.ts';
import { type Token, tokensOf } from '#cel/syntax/tokens.ts';
import { type Edit, type Edited, edited } from './edits.ts';

/**
 * Makes an expression about a pod one about the pod that a workload's template describes: `object.spec` becomes
 * `object.spec.template.spec`. What a template doesn't have stays what it is of the workload itself: its name,
 * namespace, uid, owners and times, its `kind` and `apiVersion`, and whether there is an object at all
 * (`oldObject == null`). A template has no status: `has(object.status)` is false.
 *
 * Input: the text and where the template lies. Output: the text that judges the template, and where its characters
 * come from. Guarantees: names that macros declare and strings stay; what was typed stays typed, so that the API server
 * has nothing to warn of; what does not parse stays as it is, since a finding speaks of it already.
 */
export function templateExpression(source: string, template: string): Edited {
  const parsed = parse(source, SYNTAX);
  if (!('expression' in parsed)) return edited(source, []);
  return edited(source, editsOf(parsed.expression, tokensOf(source), template));
}

const { macros } = declarationsOf(kubernetesLibraries('1.34'));
const SYNTAX = { macros, optional: macros.has('optional'), quotedFields: false };

const ROOTS: ReadonlySet<string> = new Set(['object', 'oldObject', '.object', '.oldObject']);

/** Fields of an object that mean the object itself, whose like no pod template has. */
const OWN: ReadonlySet<string> = new Set(['kind', 'apiVersion']);
/** Of its metadata; a template's has labels, annotations and finalizers. */
const OWN_METADATA: ReadonlySet<string> = new Set([
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'selfLink',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
  'managedFields',
]);

/** One step into a value: `.field`, `["field"]`, and both in `has`. */
interface Step {
  readonly operand: Expression;
  readonly field: string;
}

function stepOf(expression: Expression): Step | undefined {
  if (expression.kind === 'select' || expression.kind === 'has') return expression;
  if (expression.kind !== 'index') return undefined;
  const { operand, key } = expression;
  return key.kind === 'literal' && typeof key.value === 'string' ? { operand, field: key.value } : undefined;
}

function editsOf(whole: Expression, tokens: readonly Token[], template: string): readonly Edit[] {
  const edits: Edit[] = [];
  const put = (at: number, text: string): void => {
    edits.push({ from: at, to: at, text });
  };

  function visit(expression: Expression, bound: ReadonlySet<string>): void {
    const rootOf = (inner: Expression | undefined): Name | undefined =>
      inner?.kind === 'name' && ROOTS.has(inner.name) && !bound.has(inner.name) ? inner : undefined;
    const metadataOf = (inner: Expression | undefined): Name | undefined => {
      const step = inner && stepOf(inner);
      return step?.field === 'metadata' && inner?.kind !== 'has' ? rootOf(step.operand) : undefined;
    };
    /** Of the object itself: stays as it is written. */
    function isOwn(inner: Expression): boolean {
      if (inner.kind === 'call') {
        const [left, right] = inner.args;
        if (inner.name === '_==_' || inner.name === '_!=_')
          return (
            (isNull(left) && rootOf(right) !== undefined) || (isNull(right) && rootOf(left) !== undefined)
          );
        if (inner.name === '@in' && left?.kind === 'literal' && typeof left.value === 'string')
          return OWN_METADATA.has(left.value) && metadataOf(right) !== undefined;
        return false;
      }
      const step = stepOf(inner);
      if (step === undefined) return false;
      if (rootOf(step.operand) !== undefined)
        return OWN.has(step.field) || (inner.kind === 'has' && step.field === 'metadata');
      return OWN_METADATA.has(step.field) && metadataOf(step.operand) !== undefined;
    }

    /** The root of `object.status`, and of whatever is in it. */
    function statusOf(inner: Expression): Name | undefined {
      const step = stepOf(inner);
      if (step === undefined) return undefined;
      return (step.field === 'status' ? rootOf(step.operand) : undefined) ?? statusOf(step.operand);
    }

    const root = rootOf(expression);
    if (root !== undefined) {
      put(root.at + wordOf(root).length, `.${template}`);
      return;
    }
    if (isOwn(expression)) return;
    const step = stepOf(expression);
    const asked = expression.kind === 'has' ? statusOf(expression) : undefined;
    if (asked !== undefined) {
      const { from, to } = hasAround(asked, tokens);
      edits.push({ from, to, text: 'false' });
      return;
    }
    const ofRoot = step && rootOf(step.operand);
    if (step?.field === 'status' && ofRoot !== undefined && !ofRoot.name.startsWith('.')) {
      // Past the types, in which a template's status is a mistake.
      put(ofRoot.at, 'dyn(');
      put(ofRoot.at + wordOf(ofRoot).length, `.${template})`);
      return;
    }
    // Of what was not there before, `has` is false, however deep it would have to look now.
    if (expression.kind === 'has' && ofRoot !== undefined && wordOf(ofRoot) === 'oldObject') {
      const { from, to } = hasAround(ofRoot, tokens);
      put(from, `(has(${ofRoot.name}.${template.split('.')[0]}) && `);
      put(to, ')');
    }
    // A pod always has metadata, a template may leave them out.
    const ofMetadata = step && metadataOf(step.operand);
    if (ofMetadata !== undefined && step?.operand.kind === 'select' && !step.operand.optional) {
      if (expression.kind === 'has') {
        const { from, to } = hasAround(ofMetadata, tokens);
        put(from, `(has(${ofMetadata.name}.${template}.metadata) && `);
        put(to, ')');
      } else if (expression.kind === 'select' && expression.optional) put(step.operand.at + 1, '?');
    }
    for (const { inner, names } of partsOf(expression)) {
      visit(inner, names.length === 0 ? bound : new Set([...bound, ...names]));
    }
  }

  visit(whole, new Set());
  return edits;
}

const wordOf = ({ name }: Name): string => (name.startsWith('.') ? name.slice(1) : name);
const isNull = (expression: Expression | undefined): boolean =>
  expression?.kind === 'literal' && expression.value === null;

/** From `has` to its closing parenthesis, around a name within. */
function hasAround({ at }: Name, tokens: readonly Token[]): { readonly from: number; readonly to: number } {
  let index = tokens.findIndex((token) => token.at === at);
  while (index > 0 && tokens[index]?.text !== 'has') index -= 1;
  const from = tokens[index]?.at ?? at;
  let depth = 0;
  for (index += 1; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token?.kind !== 'punctuation') continue;
    if (token.text === '(') depth += 1;
    else if (token.text === ')') depth -= 1;
    if (depth === 0) return { from, to: token.at + 1 };
  }
  return { from, to: at };
}

interface Part {
  readonly inner: Expression;
  /** Names that are declared for it. */
  readonly names: readonly string[];
}

const plain = (inner: Expression): Part => ({ inner, names: [] });

function partsOf(expression: Expression): readonly Part[] {
  if (expression.kind === 'macro') {
    const { range, variables: names, filter, transform } = expression;
    const within = [filter, transform].filter((inner) => inner !== undefined);
    return [plain(range), ...within.map((inner) => ({ inner, names }))];
  }
  if (expression.kind === 'bind')
    return [plain(expression.value), { inner: expression.body, names: [expression.variable] }];
  return children(expression).map(plain);
}
