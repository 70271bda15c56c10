package main

import (
	"strings"
	"testing"
)

func TestTheManifestIsWhatHelmTemplatePrints(t *testing.T) {
	request := manifestRequest{chartRequest: request1(shop(map[string]string{
		"templates/a.yaml":    "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n",
		"templates/h.yaml":    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations: {helm.sh/hook: test}\n",
		"templates/NOTES.txt": "thank you",
		"crds/crd.yaml":       "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: d}\n",
	}))}
	for _, crds := range []bool{false, true} {
		request.IncludeCRDs = crds
		result, err := printChart(request)
		if err != nil {
			t.Fatal(err)
		}
		text := result.(manifestResult).Text
		order := []string{"kind: ConfigMap", "kind: Service", "kind: Pod"}
		if crds {
			order = append([]string{"kind: CustomResourceDefinition"}, order...)
		}
		at := -1
		for _, kind := range order {
			next := strings.Index(text, kind)
			if next <= at {
				t.Errorf("crds %t: %s is missing or out of order in\n%s", crds, kind, text)
			}
			at = next
		}
		if strings.Contains(text, "CustomResourceDefinition") != crds || strings.Contains(text, "thank you") {
			t.Errorf("crds %t:\n%s", crds, text)
		}
	}
}

func TestATextThatDiffersFromRenderToRenderIsNotStable(t *testing.T) {
	for expression, want := range map[string]bool{
		`{{ .Release.Name | upper }}`:                          true,
		`{{ randAlphaNum 8 | quote }}`:                         false,
		`{{ now | date "2006" | quote }}`:                      false,
		`{{ tpl "{{ uuidv4 }}" . }}`:                           false,
		`{{ keys (dict "a" 1) | first }}`:                      false,
		`{{ "2026-01-02" | toDate "2006-01-02" | date "06" }}`: true,
	} {
		result, err := printChart(manifestRequest{chartRequest: request1(shop(map[string]string{
			"templates/a.yaml": configMap + "  x: " + expression + "\n",
		}))})
		if err != nil {
			t.Fatal(expression, err)
		}
		if got := result.(manifestResult).Stable; got != want {
			t.Errorf("%s: stable is %t", expression, got)
		}
	}
}
