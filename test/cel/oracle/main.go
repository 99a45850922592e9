// Command oracle evaluates CEL as the API server of Kubernetes 1.34 does, with that server's own library.
//
// In: a line of JSON for each expression, {"expr": "...", "vars": {...}, "schema": {...}}; the schema, if any, is
// that of the variable self. Out: a line of JSON each, with value, type and cost, or error, or issues.
//
// To build it, with Go 1.24: go mod init oracle && go get k8s.io/apiserver@v0.34.4 && go mod tidy && go build -o oracle .
// (outside the repository). Then: node regenerate.js path/to/oracle
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/google/cel-go/cel"
	"github.com/google/cel-go/common/types"
	"github.com/google/cel-go/common/types/ref"
	"github.com/google/cel-go/common/types/traits"
	"github.com/google/cel-go/ext"
	"k8s.io/apimachinery/pkg/util/version"
	apiservercel "k8s.io/apiserver/pkg/cel"
	"k8s.io/apiserver/pkg/cel/common"
	"k8s.io/apiserver/pkg/cel/environment"
	"k8s.io/apiserver/pkg/cel/library"
	"k8s.io/apiserver/pkg/cel/openapi"
	"k8s.io/kube-openapi/pkg/validation/spec"
)

type In struct {
	Expr   string          `json:"expr"`
	Vars   map[string]any  `json:"vars"`
	Schema json.RawMessage `json:"schema"` // type of self
	Full   bool            `json:"full"`
}

func show(v ref.Val) string {
	switch t := v.(type) {
	case types.Int:
		return fmt.Sprintf("%d", int64(t))
	case types.Uint:
		return fmt.Sprintf("%du", uint64(t))
	case types.Double:
		b, err := json.Marshal(float64(t))
		s := string(b)
		if err != nil {
			s = fmt.Sprint(float64(t))
		}
		return "double:" + s
	case types.Bool:
		return fmt.Sprintf("%v", bool(t))
	case types.String:
		b, _ := json.Marshal(string(t))
		return string(b)
	case types.Bytes:
		return fmt.Sprintf("bytes:%x", []byte(t))
	case types.Null:
		return "null"
	case types.Timestamp:
		return "timestamp:" + string(t.ConvertToType(types.StringType).(types.String))
	case types.Duration:
		return "duration:" + string(t.ConvertToType(types.StringType).(types.String))
	case *types.Optional:
		if !t.HasValue() {
			return "optional.none"
		}
		return "optional(" + show(t.GetValue()) + ")"
	case traits.Lister:
		var o []string
		for it := t.Iterator(); it.HasNext() == types.True; {
			o = append(o, show(it.Next()))
		}
		return "[" + strings.Join(o, ", ") + "]"
	case traits.Mapper:
		var o []string
		for it := t.Iterator(); it.HasNext() == types.True; {
			k := it.Next()
			val, _ := t.Find(k)
			o = append(o, show(k)+": "+show(val))
		}
		// sorted
		for i := range o {
			for j := i + 1; j < len(o); j++ {
				if o[j] < o[i] {
					o[i], o[j] = o[j], o[i]
				}
			}
		}
		return "{" + strings.Join(o, ", ") + "}"
	case *types.Type:
		return "type:" + t.TypeName()
	}
	if v.Type().TypeName() == "kubernetes.Quantity" {
		if q, ok := v.(*apiservercel.Quantity); ok {
			return "kubernetes.Quantity:" + q.Quantity.String()
		}
		if q, ok := v.(apiservercel.Quantity); ok {
			return "kubernetes.Quantity:" + q.Quantity.String()
		}
	}
	return v.Type().TypeName() + ":" + fmt.Sprint(v.Value())
}

func main() {
	ver := version.MajorMinor(1, 34)
	if len(os.Args) > 1 {
		ver = version.MustParse(os.Args[1])
	}
	base := environment.MustBaseEnvSet(ver, true)
	sc := bufio.NewScanner(os.Stdin)
	sc.Buffer(make([]byte, 1<<20), 1<<26)
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	for sc.Scan() {
		var in In
		d := json.NewDecoder(strings.NewReader(sc.Text()))
		d.UseNumber()
		if err := d.Decode(&in); err != nil {
			panic(err)
		}
		out := map[string]any{}
		func() {
			defer func() {
				if r := recover(); r != nil {
					out["panic"] = fmt.Sprint(r)
				}
			}()
			run(base, in, out)
		}()
		b, _ := json.Marshal(out)
		w.Write(b)
		w.WriteString("\n")
	}
}

func norm(v any) any {
	switch t := v.(type) {
	case json.Number:
		if i, err := t.Int64(); err == nil {
			return i
		}
		f, _ := t.Float64()
		return f
	case []any:
		for i := range t {
			t[i] = norm(t[i])
		}
		return t
	case map[string]any:
		for k := range t {
			t[k] = norm(t[k])
		}
		return t
	}
	return v
}

func run(base *environment.EnvSet, in In, out map[string]any) {
	var opts []cel.EnvOption
	vars := map[string]any{}
	if in.Full {
		opts = append(opts, ext.Bindings(), ext.Math(), ext.Encoders())
	}
	for k, v := range in.Vars {
		if k == "self" && len(in.Schema) > 0 {
			continue
		}
		opts = append(opts, cel.Variable(k, cel.DynType))
		vars[k] = norm(v)
	}
	var declTypes []*apiservercel.DeclType
	if len(in.Schema) > 0 {
		s := &spec.Schema{}
		if err := json.Unmarshal(in.Schema, s); err != nil {
			panic(err)
		}
		osch := &openapi.Schema{Schema: s}
		dt := common.SchemaDeclType(osch, false)
		dt = dt.MaybeAssignTypeName("selfType")
		declTypes = append(declTypes, dt)
		opts = append(opts, cel.Variable("self", dt.CelType()))
		if x, ok := in.Vars["self"]; ok {
			vars["self"] = common.UnstructuredToVal(norm(x), osch)
		}
	}
	opts = append(opts, cel.Variable("authorizer", library.AuthorizerType))
	extended, err := base.Extend(environment.VersionedOptions{
		IntroducedVersion: version.MajorMinor(1, 0),
		EnvOptions:        opts,
		DeclTypes:         declTypes,
	})
	if err != nil {
		panic(err)
	}
	env, err := extended.Env(environment.StoredExpressions)
	if err != nil {
		panic(err)
	}
	ast, iss := env.Compile(in.Expr)
	if iss != nil && iss.Err() != nil {
		var es []map[string]any
		for _, e := range iss.Errors() {
			es = append(es, map[string]any{"message": e.Message, "line": e.Location.Line(), "column": e.Location.Column()})
		}
		out["issues"] = es
		return
	}
	out["type"] = ast.OutputType().String()
	p, err := env.Program(ast, cel.CostLimit(10000000), cel.CostTracking(&library.CostEstimator{}))
	if err != nil {
		out["programError"] = err.Error()
		return
	}
	v, det, err := p.Eval(vars)
	if det != nil && det.ActualCost() != nil {
		out["cost"] = *det.ActualCost()
	}
	if err != nil {
		out["error"] = err.Error()
		return
	}
	out["value"] = show(v)
}
