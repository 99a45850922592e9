# What one cluster's Crossplane has, as `kubectl get --all-namespaces --output json` tells it -> the same for another cluster.
# See start-from-an-empty-account.md.
#   --arg part managed   managed resources, each with its name in AWS and nobody who owns it
#   --arg part owners    composites, which name their managed resources; then claims, which name their composites

def part:
  if .metadata.annotations["crossplane.io/composition-resource-name"] then "managed" else "owners" end;

def is_claim: (.spec.resourceRefs or .spec.crossplane) | not;

def bare:
  {
    apiVersion, kind,
    metadata: (.metadata
      | {name, namespace, labels, annotations, finalizers}
      | .annotations |= ((. // {}) | del(.["kubectl.kubernetes.io/last-applied-configuration"]))
      | with_entries(select(.value != null and .value != {}))),
    spec
  };

{apiVersion: "v1", kind: "List", items: ([.items[] | select(part == $part)] | sort_by(is_claim) | map(bare))}
