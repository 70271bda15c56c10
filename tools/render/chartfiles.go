package main

import (
	"bytes"
	"slices"
	"strings"

	"helm.sh/helm/v4/pkg/chart/loader/archive"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	"helm.sh/helm/v4/pkg/chart/v2/loader"
	"helm.sh/helm/v4/pkg/ignore"
)

var byteOrderMark = []byte{0xEF, 0xBB, 0xBF}

// chartSource is a chart as files by path, or as one packed archive.
type chartSource struct {
	Files   map[string][]byte `json:"files"`
	Archive []byte            `json:"archive"`
	// Digest names the chart: with files it is to be remembered, without it was before.
	Digest string `json:"digest"`
}

// shelf is the charts that the parent has sent by name. It sends no more than it knows to be good for a worker. Files are
// remembered, not charts: rendering writes into a chart.
type shelf map[string]chartSource

func (s shelf) fetch(source chartSource) (chartSource, error) {
	if source.Digest == "" {
		return source, nil
	}
	if len(source.Files) > 0 || len(source.Archive) > 0 {
		s[source.Digest] = source
		return source, nil
	}
	known, ok := s[source.Digest]
	if !ok {
		return source, fail(kindRequest, "no chart %s was sent", source.Digest)
	}
	return known, nil
}

// load makes a chart as Helm's directory loader does: .helmignore, byte order marks and order included.
// Charts are made anew for each render, because rendering writes into them.
func (s chartSource) load() (*chart.Chart, error) {
	ch, err := s.parse()
	if err != nil {
		return nil, yamlFailure(kindChart, "Chart.yaml", err)
	}
	if ch.Metadata == nil {
		return nil, fail(kindChart, "there is no Chart.yaml").in("Chart.yaml")
	}
	if err := ch.Validate(); err != nil {
		return nil, fail(kindChart, "%v", err).in("Chart.yaml")
	}
	if t := ch.Metadata.Type; t != "" && t != "application" {
		return nil, fail(kindChart, "a chart of type %s cannot be installed", t).in("Chart.yaml")
	}
	return ch, requireDependencies(ch)
}

func (s chartSource) parse() (*chart.Chart, error) {
	if len(s.Archive) > 0 {
		return loader.LoadArchive(bytes.NewReader(s.Archive))
	}
	rules := ignore.Empty()
	if text, ok := s.Files[ignore.HelmIgnore]; ok {
		parsed, err := ignore.Parse(bytes.NewReader(text))
		if err != nil {
			return nil, err
		}
		rules = parsed
	}
	rules.AddDefaults()
	var files []*archive.BufferedFile
	for _, name := range walkOrder(s.Files) {
		if !ignored(rules, name) {
			data := bytes.TrimPrefix(s.Files[name], byteOrderMark)
			files = append(files, &archive.BufferedFile{Name: name, Data: data})
		}
	}
	return loader.LoadFiles(files)
}

// walkOrder sorts like a walk through folders: by path element, not by whole path.
func walkOrder(files map[string][]byte) []string {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return slices.Compare(strings.Split(a, "/"), strings.Split(b, "/"))
	})
	return names
}

// ignored asks for each folder on the way too, since a walk does not enter an ignored one.
func ignored(rules *ignore.Rules, name string) bool {
	for i, c := range name {
		if c == '/' && rules.Ignore(name[:i], entry{name[:i], true}) {
			return true
		}
	}
	return rules.Ignore(name, entry{name, false})
}

// requireDependencies refuses what Helm's commands refuse before they render.
func requireDependencies(ch *chart.Chart) error {
	var missing []string
	for _, wanted := range ch.Metadata.Dependencies {
		if !has(ch, wanted.Name) {
			missing = append(missing, wanted.Name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fail(kindChart, "found in Chart.yaml, but missing in charts/: %s", strings.Join(missing, ", ")).in("Chart.yaml")
}
