// Command estimate tells what rules may cost at worst, as the API server of Kubernetes 1.34 reckons it when it takes or
// refuses a CustomResourceDefinition.
//
// In: JSON, {"schema": {...}, "rules": ["..."]}; the schema is that of self. Out: JSON, for each rule its cost.
//
// To build it, with Go 1.24, outside the repository: go mod init estimate && go get
// k8s.io/apiextensions-apiserver@v0.34.4 && go mod tidy && go build .
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	apiext "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel/model"
	"k8s.io/apimachinery/pkg/util/version"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"k8s.io/apiserver/pkg/cel/environment"
)

type In struct {
	Schema json.RawMessage `json:"schema"`
	Rules  []string        `json:"rules"`
}

func main() {
	r := bufio.NewReaderSize(os.Stdin, 1<<26)
	dec := json.NewDecoder(r)
	for {
		var in In
		if dec.Decode(&in) != nil {
			return
		}
		var props v1.JSONSchemaProps
		if err := json.Unmarshal(in.Schema, &props); err != nil {
			panic(err)
		}
		for _, rule := range in.Rules {
			props.XValidations = append(props.XValidations, v1.ValidationRule{Rule: rule})
		}
		var internal apiext.JSONSchemaProps
		if err := v1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(&props, &internal, nil); err != nil {
			panic(err)
		}
		ss, err := schema.NewStructural(&internal)
		if err != nil {
			panic(err)
		}
		decl := model.SchemaDeclType(ss, false)
		res, err := cel.Compile(ss, decl, celconfig.PerCallLimit, environment.MustBaseEnvSet(version.MajorMinor(1, 34), true), cel.StoredExpressionsEnvLoader())
		if err != nil {
			panic(err)
		}
		out := []any{}
		for i, c := range res {
			m := map[string]any{"rule": in.Rules[i], "cost": fmt.Sprint(c.MaxCost), "cardinality": c.MaxCardinality}
			if c.Error != nil {
				m["error"] = c.Error.Detail
			}
			out = append(out, m)
		}
		b, _ := json.Marshal(out)
		fmt.Println(string(b))
	}
}
