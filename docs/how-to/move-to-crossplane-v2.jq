# The documents of claims, composites and cluster-scoped managed resources, as `kubectl get managed,claim -A -o json` tells
# them -> what stands for the same things in a namespace. See move-to-crossplane-v2.md.
#   --arg part managed     managed resources, which only watch, and keep their names in AWS and Atlas
#   --arg part composites  the composites that own them

def namespaced_api:
  split("/") as [$group, $version]
  | if $group | endswith("aws.upbound.io") then ($group | sub("aws\\.upbound\\.io$"; "aws.m.upbound.io")) + "/v1beta1"
    elif $group == "kubernetes.crossplane.io" then "kubernetes.m.crossplane.io/v1alpha1"
    elif $group | endswith("mongodbatlas.crossplane.io")
    then ($group | sub("mongodbatlas\\.crossplane\\.io$"; "mongodbatlas.m.crossplane.io")) + "/" + $version
    else empty end;

# Kind and name of the claim behind a managed resource: two claims of one name are two kinds.
def owner: (.metadata.ownerReferences[]? | select(.controller) | .kind | ltrimstr("X")) as $kind
  | {kind: $kind, namespace: .metadata.labels["crossplane.io/claim-namespace"], name: .metadata.labels["crossplane.io/claim-name"]};

def is_claim: (.apiVersion | startswith("platform.plimsoll.dev/")) and .metadata.namespace != null;
def is_managed: (.apiVersion | [namespaced_api] | length > 0) and .metadata.annotations["crossplane.io/composition-resource-name"] != null;

def managed:
  owner as $owner
  | {
      apiVersion: (.apiVersion | namespaced_api),
      kind,
      metadata: {
        name: .metadata.name,
        namespace: $owner.namespace,
        labels: (.metadata.labels | del(.["crossplane.io/claim-name"], .["crossplane.io/claim-namespace"])
          | .["crossplane.io/composite"] = $owner.name),
        annotations: (.metadata.annotations | with_entries(select(
          .key == "crossplane.io/external-name" or .key == "crossplane.io/composition-resource-name"
          or (.key | startswith("platform.plimsoll.dev/")))))
      },
      spec: ({
        managementPolicies: ["Observe"],
        providerConfigRef: {kind: "ClusterProviderConfig", name: (.spec.providerConfigRef.name // "default")},
        forProvider: .spec.forProvider
      } + (if .spec.initProvider then {initProvider: .spec.initProvider} else {} end)
        + (if .spec.writeConnectionSecretToRef then {writeConnectionSecretToRef: {name: .spec.writeConnectionSecretToRef.name}} else {} end))
    };

def composite($all):
  {kind, namespace: .metadata.namespace, name: .metadata.name} as $self
  | {
      apiVersion, kind,
      metadata: {name: .metadata.name, namespace: .metadata.namespace,
        annotations: ((.metadata.annotations // {}) | with_entries(select(.key | startswith("argocd.argoproj.io/sync")))) },
      spec: ((.spec | del(.compositionRef, .compositionRevisionRef, .compositionUpdatePolicy, .compositeDeletePolicy, .resourceRef))
        + {crossplane: {compositionRef: .spec.compositionRef,
            resourceRefs: [$all[] | select(is_managed) | select(owner == $self)
              | {apiVersion: (.apiVersion | namespaced_api), kind, name: .metadata.name}]}})
    };

.items as $all
| {apiVersion: "v1", kind: "List",
   items: (if $part == "managed" then [$all[] | select(is_managed) | managed]
           else [$all[] | select(is_claim) | composite($all)] end)}
