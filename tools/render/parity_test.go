package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEqualToHelm renders public charts with the helm binary and with us. Both are named by the
// environment: HIKKOSHI_TEST_HELM, and HIKKOSHI_TEST_CHARTS, a folder with one folder per chart.
func TestEqualToHelm(t *testing.T) {
	helm, charts := os.Getenv("HIKKOSHI_TEST_HELM"), os.Getenv("HIKKOSHI_TEST_CHARTS")
	if helm == "" || charts == "" {
		t.Skip("HIKKOSHI_TEST_HELM and HIKKOSHI_TEST_CHARTS are not set")
	}
	entries, err := os.ReadDir(charts)
	if err != nil {
		t.Skip(err)
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		folder := filepath.Join(charts, entry.Name())
		values, _ := filepath.Glob(filepath.Join(folder, "ci", "*values.yaml"))
		for _, file := range append([]string{""}, values...) {
			t.Run(entry.Name()+"/"+filepath.Base(file), func(t *testing.T) { compareWithHelm(t, helm, folder, file) })
		}
	}
}

func compareWithHelm(t *testing.T, helm, folder, values string) {
	args := []string{"template", "web", folder, "--namespace", "prod", "--kube-version", "v1.37.2", "--include-crds"}
	r := request1(chartSource{Files: readFolder(t, folder)})
	r.Release = releaseOptions{Name: "web", Namespace: "prod", Revision: 1, IsInstall: true}
	if values != "" {
		text, err := os.ReadFile(values)
		if err != nil {
			t.Fatal(err)
		}
		args = append(args, "-f", values)
		r.Values = []valuesFile{{Name: values, YAML: string(text)}}
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.Command(helm, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	helmErr := cmd.Run()
	rendered, err := renderChart(r, noCluster)
	if (helmErr != nil) != (err != nil) {
		t.Fatalf("helm: %v %s\nus: %v", helmErr, stderr.String(), err)
	}
	if err != nil {
		t.Logf("both refuse: %v", err)
		return
	}
	result := rendered.(*chartResult)
	want, err := appendAll(stdout.String())
	if err != nil {
		t.Fatal(err)
	}
	ours := slices.Concat(result.CRDs, result.Objects)
	for _, hook := range result.Hooks {
		ours = append(ours, hook.renderedObject)
	}
	equalExceptRandom(t, ours, want)
}

// equalExceptRandom allows differences only where our own two renders differed.
func equalExceptRandom(t *testing.T, ours, want []renderedObject) {
	if len(ours) != len(want) {
		t.Fatalf("%d objects, helm has %d", len(ours), len(want))
	}
	random := 0
	for i := range ours {
		for _, pointer := range differences("", ours[i].Object, want[i].Object, nil) {
			if !slices.Contains(ours[i].Unstable, pointer) {
				t.Errorf("%s differs at %s", ours[i].Source, pointer)
			}
			random++
		}
	}
	if random > 0 {
		t.Logf("%d random fields", random)
	}
}

func appendAll(text string) ([]renderedObject, error) {
	var objects []renderedObject
	var err error
	for _, document := range strings.Split("\n"+text, "\n---") {
		// The separator took the line end, which a block scalar at a document's end is not equal without.
		if objects, err = appendObjects(objects, sourceOf(strings.TrimSpace(document)), document+"\n"); err != nil {
			return nil, err
		}
	}
	return objects, nil
}

func readFolder(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(folder, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		relative, _ := filepath.Rel(folder, name)
		files[filepath.ToSlash(relative)] = content
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
