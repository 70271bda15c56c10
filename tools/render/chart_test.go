package main

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n"

func TestObjectsComeInTheOrderOfInstallation(t *testing.T) {
	result := mustRender(t, request1(shop(map[string]string{
		"templates/a.yaml":      "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\n",
		"templates/n.yaml":      "apiVersion: v1\nkind: Namespace\nmetadata: {name: n}\n---\n# only a comment\n",
		"templates/l.yaml":      "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Secret, metadata: {name: x}}\n",
		"templates/NOTES.txt":   "thank you",
		"templates/_help.tpl":   `{{ define "x" }}y{{ end }}`,
		"crds/crd.yaml":         "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: c}\n",
		"templates/ignored.bak": "not: yaml: at: all",
		".helmignore":           "*.bak\n",
	})))
	var kinds []string
	for _, object := range result.Objects {
		kinds = append(kinds, object.Object["kind"].(string))
	}
	if want := []string{"Namespace", "Service", "Deployment", "Secret"}; !slices.Equal(kinds, want) {
		t.Errorf("got %v, want %v", kinds, want)
	}
	if len(result.CRDs) != 1 || result.CRDs[0].Source != "shop/crds/crd.yaml" {
		t.Errorf("CRDs: %+v", result.CRDs)
	}
	if strings.Contains(result.Manifest, "thank you") {
		t.Error("notes are in the manifest")
	}
}

func TestReleaseCapabilitiesAndValuesReachTheTemplate(t *testing.T) {
	r := request1(shop(map[string]string{
		"values.yaml": "a: {x: 1, gone: 2}\n",
		"templates/c.yaml": configMap + `  r: "{{ .Release.Namespace }} {{ .Release.Revision }} {{ .Release.IsUpgrade }} {{ .Release.IsInstall }}"
  c: "{{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.APIVersions.Has "foo/v1" }} {{ .Capabilities.APIVersions.Has "apps/v1" }}"
  v: {{ .Values.a | toJson | quote }}
`}), "a: {gone: null, z: 3}\n")
	r.APIVersions = []string{"v1", "foo/v1"}
	result := mustRender(t, r)
	got := asJSON(t, result.Objects[0].Object["data"])
	want := `{"c":"v1.37.2 true false","r":"prod 3 true false","v":"{\"x\":1,\"z\":3}"}`
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestWhatDiffersBetweenTwoRendersIsNamed(t *testing.T) {
	result := mustRender(t, request1(shop(map[string]string{
		"templates/a.yaml": configMap + "  same: x\n  p/w: {{ randAlphaNum 20 | quote }}\n  at: {{ now | date \"2006\" | quote }}\n  h: {{ htmlDate \"\" }}\n",
		"templates/b.yaml": "apiVersion: batch/v1\nkind: Job\nmetadata: {name: j-{{ randAlphaNum 5 | lower }}}\n",
		"templates/c.yaml": "{{ if eq (randNumeric 12) \"000000000000\" }}x{{ end }}",
	})))
	for _, object := range result.Objects {
		switch object.Object["kind"] {
		case "ConfigMap":
			if want := []string{"/data/at", "/data/h", "/data/p~1w"}; !slices.Equal(object.Unstable, want) {
				t.Errorf("ConfigMap: %v", object.Unstable)
			}
		case "Job":
			if want := []string{"/metadata/name"}; !slices.Equal(object.Unstable, want) {
				t.Errorf("Job: %v", object.Unstable)
			}
		}
	}
}

func TestLookupAsksOnceAndItsAnswerIsNotChangedByTemplates(t *testing.T) {
	asked := 0
	r := request1(shop(map[string]string{"templates/a.yaml": configMap +
		"  v: {{ $s := lookup \"v1\" \"Secret\" \"prod\" \"pw\" }}{{ $s.data.n }}-{{ set $s \"data\" (dict \"n\" 1) | len }}\n" +
		"  none: {{ lookup \"v1\" \"Secret\" \"prod\" \"nope\" | len | quote }}\n"}))
	r.AllowLookups = true
	result, err := renderChart(r, func(key lookupKey) (map[string]any, error) {
		asked++
		if key.Name == "nope" {
			return nil, nil
		}
		return liveObject([]byte(`{"data": {"n": 12345678}}`))
	})
	if err != nil {
		t.Fatal(err)
	}
	rendered := result.(*chartResult)
	if asked != 2 || len(rendered.Lookups) != 2 {
		t.Errorf("asked %d times: %v", asked, rendered.Lookups)
	}
	if got := asJSON(t, rendered.Objects[0].Object["data"]); got != `{"none":"0","v":"12345678-1"}` {
		t.Error(got)
	}
	if len(rendered.Objects[0].Unstable) != 0 {
		t.Error(rendered.Objects[0].Unstable)
	}
}

func TestAFailedLookupFailsTheRender(t *testing.T) {
	r := request1(shop(map[string]string{"templates/a.yaml": `{{ lookup "v1" "Secret" "a" "b" }}`}))
	r.AllowLookups = true
	_, err := renderChart(r, func(lookupKey) (map[string]any, error) {
		return nil, fail(kindLookup, "forbidden")
	})
	wantFailure(t, err, kindLookup)
}

func TestABlockThatEndsItsTemplateHasItsLastLineEnd(t *testing.T) {
	result := mustRender(t, request1(shop(map[string]string{
		"templates/a.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  f: |\n    {{ \"x\" -}}\n"})))
	data, _ := result.Objects[0].Object["data"].(map[string]any)
	if data["f"] != "x\n" {
		t.Errorf("%q", data["f"])
	}
}

func TestHooksAreListedApart(t *testing.T) {
	result := mustRender(t, request1(shop(map[string]string{"templates/h.yaml": "apiVersion: batch/v1\nkind: Job\n" +
		"metadata: {name: m, annotations: {helm.sh/hook: \"pre-install,pre-upgrade\", helm.sh/hook-weight: \"5\", helm.sh/hook-delete-policy: hook-succeeded}}\n"})))
	if len(result.Objects) != 0 || len(result.Hooks) != 1 {
		t.Fatalf("%+v", result)
	}
	hook := result.Hooks[0]
	if !slices.Equal(hook.Events, []string{"pre-install", "pre-upgrade"}) || hook.Weight != 5 ||
		!slices.Equal(hook.DeletePolicies, []string{"hook-succeeded"}) || hook.Source != "shop/templates/h.yaml" {
		t.Errorf("%+v", hook)
	}
}

func TestFailuresOfChartsHaveKindAndPlace(t *testing.T) {
	for name, c := range map[string]struct {
		files  map[string]string
		values string
		kind   kind
		file   string
		line   int
		column int
	}{
		"does not execute": {map[string]string{"templates/a.yaml": "a: b\nc: {{ .Values.x.y }}\n"}, "", kindTemplate, "shop/templates/a.yaml", 2, 14},
		"breaks in a helper": {map[string]string{
			"templates/a.yaml": `{{ include "h" . }}`, "templates/_h.tpl": "{{ define \"h\" }}\n{{ .Values.x.y }}{{ end }}"}, "", kindTemplate, "shop/templates/_h.tpl", 2, 11},
		"does not parse":     {map[string]string{"templates/a.yaml": "\n{{ if }}"}, "", kindTemplate, "shop/templates/a.yaml", 2, 0},
		"fail":               {map[string]string{"templates/a.yaml": "\n{{ fail \"no: way\" }}"}, "", kindTemplate, "shop/templates/a.yaml", 2, 4},
		"broken output":      {map[string]string{"templates/a.yaml": "a: b\n c: [d\n"}, "", kindOutput, "shop/templates/a.yaml", 2, 0},
		"no kind":            {map[string]string{"templates/a.yaml": "a: b\n"}, "", kindOutput, "shop/templates/a.yaml", 0, 0},
		"wrong Kubernetes":   {map[string]string{"Chart.yaml": chartYAML + "kubeVersion: <1.37.0-0\n"}, "", kindIncompatible, "Chart.yaml", 0, 0},
		"no metadata":        {map[string]string{"Chart.yaml": ""}, "", kindChart, "Chart.yaml", 0, 0},
		"library":            {map[string]string{"Chart.yaml": chartYAML + "type: library\n"}, "", kindChart, "Chart.yaml", 0, 0},
		"missing dependency": {map[string]string{"Chart.yaml": chartYAML + "dependencies: [{name: db, version: 1.0.0, repository: \"\"}]\n"}, "", kindChart, "Chart.yaml", 0, 0},
		"broken defaults":    {map[string]string{"values.yaml": "a: [\n"}, "", kindChart, "Chart.yaml", 1, 0},
		"schema":             {map[string]string{"values.schema.json": `{"properties": {"port": {"type": "integer", "maximum": 9}}}`}, "port: no", kindSchema, "shop/values.schema.json", 0, 0},
		"schema from afar":   {map[string]string{"values.schema.json": `{"$ref": "http://127.0.0.1:1/x"}`}, "", kindChart, "shop/values.schema.json", 0, 0},
		"schema from a file": {map[string]string{"values.schema.json": `{"$ref": "file:///etc/hostname"}`}, "", kindChart, "shop/values.schema.json", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := renderChart(request1(shop(c.files), c.values), noCluster)
			f := wantFailure(t, err, c.kind)
			if f.File != c.file || (c.line > 0 && f.Line != c.line) || (c.column > 0 && f.Column != c.column) {
				t.Errorf("%s:%d:%d, want %s:%d:%d (%s)", f.File, f.Line, f.Column, c.file, c.line, c.column, f.Message)
			}
		})
	}
}

func TestSchemaProblemsHavePointers(t *testing.T) {
	_, err := renderChart(request1(shop(map[string]string{
		"values.schema.json": `{"required": ["name"], "properties": {"ports": {"items": {"type": "integer"}}}}`,
	}), "ports: [1, x]\n"), noCluster)
	f := wantFailure(t, err, kindSchema)
	var pointers []string
	for _, p := range f.Problems {
		pointers = append(pointers, p.Pointer)
	}
	slices.Sort(pointers)
	if !slices.Equal(pointers, []string{"", "/ports/1"}) {
		t.Errorf("%+v", f.Problems)
	}
}

func TestAPanicIsAnAnswer(t *testing.T) {
	w := &worker{}
	_, err := w.handle(request{Op: "record-decode"}, []byte(`{"secret": null}`))
	var f *failure
	if !errors.As(err, &f) {
		t.Fatal(err)
	}
}
