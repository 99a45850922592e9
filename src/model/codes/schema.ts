/** Codes of a document against its Kubernetes or CRD schema. Values are the arguments that the sentence needs. */
export type SchemaCodes = Record<never, never>;
