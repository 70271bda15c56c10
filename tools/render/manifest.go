package main

import (
	"fmt"
	"strings"

	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

// manifestRequest asks for text and nothing else: one render, no objects, no lookups. It is what a person or a pipe wants.
type manifestRequest struct {
	chartRequest
	IncludeCRDs bool `json:"includeCRDs"`
}

// manifestResult says too whether the same request would give the same text at any time.
type manifestResult struct {
	Text   string `json:"text"`
	Stable bool   `json:"stable"`
}

// printChart prints what helm template prints: the CRDs if asked for, the manifests in the order of installation, then
// the hooks.
func printChart(r manifestRequest) (any, error) {
	values, err := merge(r.valuesRequest)
	if err != nil {
		return nil, err
	}
	stable := true
	funcs := restlessFuncs(func() { stable = false })
	done, err := r.execute(values, &lookupMemory{answers: map[lookupKey]map[string]any{}}, funcs)
	if err != nil {
		return nil, err
	}
	hooks, manifests, err := releaseutil.SortManifests(done.files, nil, releaseutil.InstallOrder)
	if err != nil {
		return nil, outputFailure(err, done.files)
	}
	var text strings.Builder
	if r.IncludeCRDs {
		for _, crd := range done.chart.CRDObjects() {
			fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", crd.Filename, crd.File.Data)
		}
	}
	for _, manifest := range manifests {
		fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", manifest.Name, manifest.Content)
	}
	for _, hook := range hooks {
		fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	return manifestResult{text.String(), stable}, nil
}
