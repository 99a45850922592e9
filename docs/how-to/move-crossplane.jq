# What one cluster's Crossplane has, as `kubectl get managed,composite,claim -A -o json` tells it -> the same for another
# cluster. See start-from-an-empty-account.md.
#   --arg part managed     managed resources, each with its name in AWS and nobody who owns it
#   --arg part composite   composites, which name their managed resources
#   --arg part claim       claims, which name their composites

def part:
  if .metadata.annotations["crossplane.io/composition-resource-name"] then "managed"
  elif .spec.resourceRefs or .spec.crossplane.resourceRefs then "composite"
  else "claim" end;

def bare:
  {
    apiVersion, kind,
    metadata: (.metadata
      | {name, namespace, labels, annotations, finalizers}
      | .annotations |= ((. // {}) | del(.["kubectl.kubernetes.io/last-applied-configuration"]))
      | with_entries(select(.value != null and .value != {}))),
    spec
  };

{apiVersion: "v1", kind: "List", items: [.items[] | select(part == $part) | bare]}
