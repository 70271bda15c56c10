package main

import "testing"

func TestMissingDependenciesAreThoseThatHelmWouldFetch(t *testing.T) {
	const wanted = chartYAML + `dependencies:
- {name: there, version: 1.0.0, repository: ""}
- {name: cache, version: ^2.0.0, repository: "https://charts.example.com"}
`
	there := "apiVersion: v2\nname: there\nversion: 1.0.0\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a range without a lock": {nil, `{"missing":[{"name":"cache","repository":"https://charts.example.com","version":"^2.0.0"}]}`},
		"the version of the lock": {map[string]string{"Chart.lock": "dependencies:\n- {name: there, repository: \"\", version: 1.0.0}\n- {name: cache, repository: \"https://charts.example.com\", version: 2.3.4}\n"},
			`{"missing":[{"name":"cache","repository":"https://charts.example.com","version":"2.3.4"}]}`},
		"all there": {map[string]string{"charts/cache/Chart.yaml": "apiVersion: v2\nname: cache\nversion: 2.0.0\n"}, `{"missing":[]}`},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"Chart.yaml": wanted, "charts/there/Chart.yaml": there}
			for file, text := range c.files {
				files[file] = text
			}
			got, err := missingDependencies(dependenciesRequest{shop(files)})
			if err != nil {
				t.Fatal(err)
			}
			if asJSON(t, got) != c.want {
				t.Errorf("got %s, want %s", asJSON(t, got), c.want)
			}
		})
	}
	_, err := missingDependencies(dependenciesRequest{shop(map[string]string{"Chart.yaml": wanted, "Chart.lock": "dependencies: []\n"})})
	if f := wantFailure(t, err, kindChart); f.File != "Chart.lock" {
		t.Errorf("%+v", f)
	}
}
