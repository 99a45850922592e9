import { Type } from 'typebox';
import { type Cache, PARAMETERS } from '#model/environment/cache.ts';
import { fields, type Rule } from '../definition.ts';

/** Parameters of the engine: a mapping for a team, a list of texts for AWS, bounded alike in both. */

/** Makes a cache one of several shards. Of the platform's choosing: it can't be changed later. */
const CLUSTER = 'cluster-enabled';

const names = [CLUSTER, ...Object.keys(PARAMETERS)];

/** What a parameter's schema says. */
interface Bounds {
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** The same about `self.value`, in CEL. */
function bound({ enum: values, pattern, minimum, maximum }: Bounds): string {
  if (values !== undefined) return `self.value in [${values.map((value) => `'${value}'`).join(', ')}]`;
  if (pattern !== undefined) return `self.value.matches('${pattern}')`;
  return `self.value.matches('^(0|[1-9][0-9]{0,8})$') && int(self.value) >= ${minimum} && int(self.value) <= ${maximum}`;
}

const bounds: readonly (readonly [string, Bounds])[] = [
  [CLUSTER, { enum: ['yes'] }],
  // The bridge over TypeBox's types, which know what a value is and hide what the schema says.
  ...(Object.entries(PARAMETERS) as [string, Bounds][]),
];

const rules: readonly Rule[] = bounds.map(([name, schema]) => ({
  rule: `self.name != '${name}' || (${bound(schema)})`,
  message: `${name} is out of its bounds.`,
}));

/** The field of the claim. */
export const parameterList = Type.Array(
  fields(
    {
      name: Type.Enum(names, { description: 'Name of the parameter.' }),
      value: Type.String({ minLength: 1, maxLength: 32, description: 'Its value, as text.' }),
    },
    'One parameter.',
    ...rules,
  ),
  {
    maxItems: names.length,
    description: 'Parameters of the engine; the others are as ElastiCache has them.',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
  },
);

/** What a claim says, by name. */
export function parametersOf({ parameters = {}, shards }: Cache): Type.Static<typeof parameterList> {
  const cluster = shards > 1 ? [{ name: CLUSTER, value: 'yes' }] : [];
  const asked = Object.entries(parameters).map(([name, value]) => ({ name, value: String(value) }));
  return [...cluster, ...asked].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** That the shape of the parameter group is the shape of the cache. */
export const clusterRule: Rule = {
  rule: `!has(self.parameters) || !has(self.shards) || (self.shards > 1) == self.parameters.exists(p, p.name == '${CLUSTER}')`,
  message: `${CLUSTER} is a parameter exactly where there are several shards.`,
};
