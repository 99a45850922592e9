/** Codes of what is wrong in an environment file. Values are the arguments that the sentence needs. */
export interface EnvironmentCodes
  extends FileCodes,
    YamlCodes,
    ExtendsCodes,
    FieldCodes,
    UseCodes,
    ClusterCodes,
    NetworkCodes,
    DataCodes,
    ServiceCodes,
    ChartCodes,
    VariableCodes,
    NameCodes,
    AcknowledgeCodes {}

type Nothing = Record<never, never>;

/** What somebody probably meant, where anything is near enough. */
interface Suggestion {
  readonly suggestion?: string;
}

interface FileCodes {
  'environment-none-found': Nothing;
  'environment-unreadable': { readonly reason: string };
  'environment-empty-file': Nothing;
  'environment-not-mapping': { readonly actual: string };
  'environment-too-large': { readonly what: string; readonly limit: number };
  'environment-file-name': { readonly name: string; readonly file: string };
}

interface YamlCodes {
  'environment-syntax': { readonly problem: string };
  'environment-tab-indent': Nothing;
  'environment-directive': { readonly directive: string };
  'environment-several-documents': Nothing;
  'environment-duplicate-key': { readonly key: string; readonly firstLine: number };
  'environment-key-not-text': { readonly text: string };
  'environment-reserved-key': { readonly key: string };
  'environment-merge-key': Nothing;
  'environment-tag': { readonly tag: string };
  'environment-unknown-alias': Suggestion & { readonly alias: string };
  'environment-endless-alias': { readonly alias: string };
  'environment-ambiguous-scalar': {
    readonly text: string;
    readonly meaning: string;
    readonly write: readonly string[];
  };
}

interface ExtendsCodes {
  'environment-extends-outside': { readonly target: string };
  'environment-extends-missing': Suggestion & { readonly target: string };
  'environment-extends-cycle': { readonly chain: readonly string[] };
  'environment-extends-not-base': { readonly target: string; readonly kind: string };
  'environment-unused-base': Nothing;
  'environment-nothing-to-remove': Suggestion & { readonly name: string };
}

interface FieldCodes {
  'environment-unknown-field': Suggestion & { readonly field: string; readonly allowed: readonly string[] };
  'environment-missing-field': { readonly field: string; readonly description: string };
  'environment-wrong-type': { readonly expected: string; readonly actual: string; readonly write?: string };
  'environment-not-allowed-value': Suggestion & {
    readonly value: string;
    readonly allowed: readonly string[];
  };
  'environment-bad-name': { readonly name: string; readonly expected: string };
  'environment-bad-format': {
    readonly value: string;
    readonly expected: string;
    readonly examples: readonly string[];
  };
  'environment-out-of-bounds': Bounds & { readonly value: string };
  'environment-wrong-length': Bounds & { readonly actual: number; readonly unit: string };
  'environment-duplicate-item': { readonly value: string };
}

interface Bounds {
  readonly atLeast?: string;
  readonly atMost?: string;
}

interface UseCodes {
  'environment-dangling-use': Suggestion & { readonly name: string };
  'environment-ambiguous-use': { readonly name: string; readonly kinds: readonly string[] };
  'environment-wrong-access': {
    readonly name: string;
    readonly kind: string;
    readonly access: string;
    readonly allowed: readonly string[];
  };
  'environment-uses-itself': { readonly name: string };
}

interface ClusterCodes {
  /** What a hub, or an environment that has one, can't do without. */
  'environment-hub-needs': { readonly field: string };
  'environment-hub-unknown': Suggestion & { readonly name: string };
  'environment-hub-unfit': { readonly name: string; readonly reason: 'hosted' | 'not a hub' };
  /** A hub is named, but the topology is another. */
  'environment-hub-unused': Nothing;
  'environment-production-zones': { readonly zones: readonly string[] };
  'environment-no-untainted-group': Nothing;
  'environment-mixed-instances': { readonly kinds: readonly string[] };
  'environment-minimum-above-maximum': { readonly minimum: string; readonly maximum: string };
  /** A zone is named that the network doesn't have. */
  'environment-unknown-zone': { readonly zone: string; readonly known: readonly string[] };
  /** An existing network has no private subnet in a zone. */
  'environment-zone-without-subnet': { readonly zones: readonly string[] };
  'environment-subnet-taken': { readonly id: string; readonly by: string };
  'environment-addon-missing': { readonly addon: string; readonly because: string };
}

interface NetworkCodes {
  'environment-bad-cidr': { readonly value: string; readonly problem: string; readonly write?: string };
  'environment-overlapping-cidr': {
    readonly value: string;
    readonly other: string;
    readonly otherUse: string;
  };
  'environment-foreign-arn': { readonly part: string; readonly actual: string; readonly expected: string };
}

interface DataCodes {
  'environment-needs-section': { readonly section: string; readonly because: string };
  'environment-duration-not-whole': { readonly value: string; readonly unit: string };
  'environment-retention-order': {
    readonly shorter: string;
    readonly shorterValue: string;
    readonly longer: string;
    readonly longerValue: string;
  };
  /** A field that means nothing without another. */
  'environment-needs-field': { readonly field: string; readonly needs: string };
  'environment-own-dead-letters': { readonly queue: string; readonly name: string };
  'environment-expiring-data': { readonly bucket: string; readonly after: string };
  'environment-own-log-bucket': { readonly name: string; readonly bucket: string };
  'environment-excluded-field': { readonly field: string; readonly by: string };
  'environment-production-replicas': { readonly cache: string; readonly replicas: number };
  'environment-bad-window': { readonly value: string; readonly problem: string };
  'environment-overlapping-windows': { readonly snapshot: string; readonly maintenance: string };
  /** A volume names no class, and none is the default. */
  'environment-no-storage-class': { readonly volume: string; readonly known: readonly string[] };
  'environment-default-storage-class': { readonly defaults: readonly string[] };
}

interface ServiceCodes {
  'environment-unknown-node-group': Suggestion & { readonly name: string; readonly known: readonly string[] };
  'environment-gpu-placement': { readonly gpus: number; readonly groups: readonly string[] };
  'environment-replicas-ignored': { readonly replicas: number };
  'environment-single-replica-volume': { readonly volume: string; readonly replicas: number };
  'environment-unknown-storage-class': Suggestion & {
    readonly name: string;
    readonly known: readonly string[];
  };
  'environment-mount-path-taken': { readonly path: string; readonly by: string };
  'environment-no-port': { readonly service: string; readonly because: string };
  'environment-host-outside-domains': { readonly host: string; readonly domains: readonly string[] };
  'environment-host-taken': { readonly host: string; readonly path: string; readonly service: string };
}

interface ChartCodes {
  /** A chart's role may do something to everything. */
  'environment-wide-permission': { readonly actions: readonly string[] };
  /** The values of a chart name another ServiceAccount than the one that may assume its role. */
  'environment-identity-ignored': {
    readonly field: string;
    readonly value: string;
    readonly expected: string;
  };
  /** A chart would reach what governs the platform. */
  'environment-chart-reach': { readonly what: 'kind' | 'namespace'; readonly found: string };
}

interface VariableCodes {
  'environment-variable-taken': { readonly name: string; readonly other: string };
  'environment-unknown-variable': Suggestion & { readonly name: string };
}

interface NameCodes {
  'environment-duplicate-environment': { readonly name: string; readonly other: string };
  'environment-reserved-product': { readonly name: string };
  'environment-derived-name': {
    readonly what: string;
    readonly name: string;
    readonly limit: number;
    readonly over: number;
  };
  'environment-derived-name-form': {
    readonly what: string;
    readonly name: string;
    readonly expected: string;
  };
  'environment-derived-name-taken': { readonly what: string; readonly name: string; readonly by: string };
}

interface AcknowledgeCodes {
  /** A date that the calendar doesn't have. */
  'environment-acknowledge-date': { readonly date: string };
  'environment-acknowledge-expired': { readonly resource: string; readonly until: string };
  /** `first`: which entry says it already, counted from 0. */
  'environment-acknowledge-twice': { readonly resource: string; readonly first: number };
}
