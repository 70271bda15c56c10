package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"testing"
)

const chartYAML = "apiVersion: v2\nname: shop\nversion: 1.2.3\nappVersion: \"4\"\n"

// shop is a small chart; more files are added or replaced by each test.
func shop(more map[string]string) chartSource {
	files := map[string][]byte{"Chart.yaml": []byte(chartYAML)}
	for name, text := range more {
		files[name] = []byte(text)
	}
	return chartSource{Files: files}
}

func request1(source chartSource, values ...string) chartRequest {
	r := chartRequest{
		chartSource: source,
		Release:     releaseOptions{Name: "web", Namespace: "prod", Revision: 3, IsUpgrade: true},
		KubeVersion: "v1.37.2",
	}
	for i, text := range values {
		r.Values = append(r.Values, valuesFile{Name: string(rune('a'+i)) + ".yaml", YAML: text})
	}
	return r
}

func noCluster(lookupKey) (map[string]any, error) { return nil, nil }

func mustRender(t *testing.T, r chartRequest) *chartResult {
	t.Helper()
	result, err := renderChart(r, noCluster)
	if err != nil {
		t.Fatalf("render: %v", err)
	}
	return result.(*chartResult)
}

func wantFailure(t *testing.T, err error, want kind) *failure {
	t.Helper()
	var f *failure
	if !errors.As(err, &f) {
		t.Fatalf("want a failure of kind %s, got %v", want, err)
	}
	if f.Kind != want {
		t.Fatalf("want kind %s, got %s: %s", want, f.Kind, f.Message)
	}
	return f
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	body, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func base64Of(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
