package main

import (
	"slices"

	chart "helm.sh/helm/v4/pkg/chart/v2"
)

type dependenciesRequest struct {
	chartSource
}

// dependency is a chart that Chart.yaml names and charts/ does not have.
type dependency struct {
	Name       string `json:"name"`
	Repository string `json:"repository"`
	// Version is the one that Chart.lock has, else the range of Chart.yaml.
	Version string `json:"version"`
}

// missingDependencies are those that `helm dependency build` would fetch.
func missingDependencies(r dependenciesRequest) (any, error) {
	ch, err := r.parse()
	if err != nil {
		return nil, yamlFailure(kindChart, "Chart.yaml", err)
	}
	if ch.Metadata == nil {
		return nil, fail(kindChart, "there is no Chart.yaml").in("Chart.yaml")
	}
	missing := []dependency{}
	for _, wanted := range ch.Metadata.Dependencies {
		if wanted == nil || has(ch, wanted.Name) {
			continue
		}
		version := wanted.Version
		if ch.Lock != nil {
			locked := slices.IndexFunc(ch.Lock.Dependencies, func(d *chart.Dependency) bool {
				return d.Name == wanted.Name && d.Repository == wanted.Repository
			})
			if locked < 0 {
				return nil, fail(kindChart, "Chart.lock does not have %s of Chart.yaml: run helm dependency update", wanted.Name).in("Chart.lock")
			}
			version = ch.Lock.Dependencies[locked].Version
		}
		missing = append(missing, dependency{wanted.Name, wanted.Repository, version})
	}
	return map[string]any{"missing": missing}, nil
}

func has(ch *chart.Chart, name string) bool {
	return slices.ContainsFunc(ch.Dependencies(), func(d *chart.Chart) bool { return d.Name() == name })
}
