import type { Expression } from '#cel/syntax/expression.ts';

/** The parts of an expression. */
export function children(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
    case 'message':
      return [];
    case 'select':
    case 'has':
      return [node.operand];
    case 'index':
      return [node.operand, node.key];
    case 'call':
      return node.target === undefined ? node.args : [node.target, ...node.args];
    case 'and':
    case 'or':
      return node.terms;
    case 'conditional':
      return [node.condition, node.yes, node.no];
    case 'list':
      return node.items.map(({ value }) => value);
    case 'map':
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case 'macro':
      return [node.range, node.filter, node.transform].filter((part) => part !== undefined);
    case 'bind':
      return [node.value, node.body];
  }
}
