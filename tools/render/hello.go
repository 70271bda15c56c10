package main

import (
	"runtime"
	"runtime/debug"
)

// confinement says what holds this process; what is not active is never claimed.
type confinement struct {
	Seccomp   bool     `json:"seccomp"`
	Landlock  bool     `json:"landlock"`
	DataLimit uint64   `json:"dataLimit"`
	MaxStack  int      `json:"maxStack"`
	Missing   []string `json:"missing,omitempty"`
}

type helloResult struct {
	Protocol    int         `json:"protocol"`
	Helm        string      `json:"helm"`
	Sprig       string      `json:"sprig"`
	Go          string      `json:"go"`
	Platform    string      `json:"platform"`
	MaxFrame    int         `json:"maxFrame"`
	Confinement confinement `json:"confinement"`
}

func hello(c confinement) helloResult {
	return helloResult{
		Protocol:    protocolVersion,
		Helm:        moduleVersion("helm.sh/helm/v4"),
		Sprig:       moduleVersion("github.com/Masterminds/sprig/v3"),
		Go:          runtime.Version(),
		Platform:    runtime.GOOS + "/" + runtime.GOARCH,
		MaxFrame:    maxFrame,
		Confinement: c,
	}
}

func moduleVersion(path string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, dep := range info.Deps {
		if dep.Path == path {
			return dep.Version
		}
	}
	return "unknown"
}
