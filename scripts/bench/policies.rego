# As many rules as plimsoll's pack has on workloads and networks, for the comparison in `npm run bench:policy`.
package main

import rego.v1

pod := input.spec.template.spec if input.kind in {"Deployment", "StatefulSet", "DaemonSet", "Job"}
pod := input.spec.jobTemplate.spec.template.spec if input.kind == "CronJob"
pod := input.spec if input.kind == "Pod"

containers := array.concat(pod.containers, object.get(pod, "initContainers", []))

deny contains msg if {
	some c in containers
	not c.resources.requests.cpu
	msg := sprintf("no CPU request on container %s", [c.name])
}

deny contains msg if {
	some c in containers
	not c.resources.requests.memory
	msg := sprintf("no memory request on container %s", [c.name])
}

deny contains msg if {
	some c in containers
	not c.resources.limits.memory
	msg := sprintf("no memory limit on container %s", [c.name])
}

deny contains msg if {
	some c in pod.containers
	not c.readinessProbe
	msg := sprintf("no readiness probe on container %s", [c.name])
}

deny contains msg if {
	some c in containers
	endswith(c.image, ":latest")
	msg := sprintf("image is latest: %s", [c.image])
}

deny contains msg if {
	some c in containers
	not contains(c.image, "@sha256:")
	msg := sprintf("image without a digest: %s", [c.image])
}

deny contains msg if {
	some c in containers
	not startswith(c.image, "111122223333.dkr.ecr.eu-west-1.amazonaws.com/")
	msg := sprintf("image from elsewhere: %s", [c.image])
}

deny contains msg if {
	some c in containers
	c.securityContext.privileged
	msg := sprintf("container %s is privileged", [c.name])
}

deny contains msg if {
	some c in containers
	not c.securityContext.allowPrivilegeEscalation == false
	msg := sprintf("container %s may escalate", [c.name])
}

deny contains msg if {
	some c in containers
	not "ALL" in c.securityContext.capabilities.drop
	msg := sprintf("container %s keeps capabilities", [c.name])
}

deny contains "the pod shares the host's network" if pod.hostNetwork

deny contains "the pod shares the host's processes" if pod.hostPID

deny contains msg if {
	some v in pod.volumes
	v.hostPath
	msg := sprintf("volume %s is of the host", [v.name])
}

deny contains "the pod may run as root" if {
	pod
	not pod.securityContext.runAsNonRoot
}

deny contains "fewer than two pods" if {
	input.kind == "Deployment"
	input.spec.replicas < 2
}

deny contains "an autoscaler with one pod" if {
	input.kind == "HorizontalPodAutoscaler"
	object.get(input.spec, "minReplicas", 1) < 2
}

deny contains "a service of the load balancer's kind" if {
	input.kind == "Service"
	input.spec.type in {"LoadBalancer", "NodePort"}
}

deny contains msg if {
	input.kind == "Ingress"
	some r in input.spec.rules
	not endswith(r.host, "tideline.example")
	msg := sprintf("host of another domain: %s", [r.host])
}

deny contains "a secret in git" if {
	input.kind == "Secret"
	input.data
}

deny contains "pods without spread" if {
	input.kind == "Deployment"
	not input.spec.template.spec.topologySpreadConstraints
}
