package main

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"sort"
	"strings"
	"text/template"
	"time"

	"helm.sh/helm/v4/pkg/chart/common"
	"helm.sh/helm/v4/pkg/chart/common/util"
	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	"helm.sh/helm/v4/pkg/engine"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
)

// secondRenderShift moves the clock of the second render: no field of a date stays equal.
const secondRenderShift = 401*24*time.Hour + 7*time.Hour + 13*time.Minute + 27*time.Second

type chartRequest struct {
	chartSource
	valuesRequest
	Release     releaseOptions `json:"release"`
	KubeVersion string         `json:"kubeVersion"`
	APIVersions []string       `json:"apiVersions"`
	// MoreAPIVersions are added to these, as helm template adds what its flag names.
	MoreAPIVersions []string `json:"moreApiVersions"`
	SkipSchema      bool     `json:"skipSchema"`
	Once            bool     `json:"once"`
	AllowLookups    bool     `json:"allowLookups"`
}

type releaseOptions struct {
	Name      string `json:"name"`
	Namespace string `json:"namespace"`
	Revision  int    `json:"revision"`
	IsUpgrade bool   `json:"isUpgrade"`
	IsInstall bool   `json:"isInstall"`
}

type chartResult struct {
	Chart    chartFacts       `json:"chart"`
	Objects  []renderedObject `json:"objects"`
	CRDs     []renderedObject `json:"crds"`
	Hooks    []renderedHook   `json:"hooks"`
	Manifest string           `json:"manifest"`
	Notes    string           `json:"notes"`
	Values   map[string]any   `json:"values"`
	Lookups  []lookupKey      `json:"lookups"`
}

type chartFacts struct {
	Name       string `json:"name"`
	Version    string `json:"version"`
	AppVersion string `json:"appVersion"`
}

// renderChart renders twice and says per object where the two differ.
func renderChart(r chartRequest, ask func(lookupKey) (map[string]any, error)) (any, error) {
	values, err := merge(r.valuesRequest)
	if err != nil {
		return nil, err
	}
	memory := &lookupMemory{ask: ask, answers: map[lookupKey]map[string]any{}, allowed: r.AllowLookups}
	first, err := r.render(values, memory, 0)
	if err != nil {
		return nil, err
	}
	if !r.Once {
		// The second render starts from the values again: templates can write into what they get.
		values, err = merge(r.valuesRequest)
		if err != nil {
			return nil, err
		}
		second, err := r.render(values, memory, secondRenderShift)
		if err != nil {
			return nil, err
		}
		markUnstable(first.everyObject(), second.everyObject())
	}
	first.Lookups = memory.asked
	return first, nil
}

// everyObject are those that templates made, hooks included; CRDs are plain files.
func (r *chartResult) everyObject() []*renderedObject {
	var objects []*renderedObject
	for i := range r.Objects {
		objects = append(objects, &r.Objects[i])
	}
	for i := range r.Hooks {
		objects = append(objects, &r.Hooks[i].renderedObject)
	}
	return objects
}

// render makes objects of what the templates wrote.
func (r chartRequest) render(values map[string]any, memory *lookupMemory, shift time.Duration) (*chartResult, error) {
	done, err := r.execute(values, memory, clockFuncs(shift))
	if err != nil {
		return nil, err
	}
	return assemble(done)
}

// executed is a chart with what each of its templates wrote, notes apart, and the values that they saw.
type executed struct {
	chart  *chart.Chart
	files  map[string]string
	notes  string
	values map[string]any
}

// execute is Helm's own path: dependencies, values, schema, Kubernetes version, engine.
func (r chartRequest) execute(values map[string]any, memory *lookupMemory, funcs template.FuncMap) (*executed, error) {
	ch, err := r.load()
	if err != nil {
		return nil, err
	}
	if err := chartutil.ProcessDependencies(ch, values); err != nil {
		return nil, fail(kindChart, "%v", err).in("Chart.yaml")
	}
	capabilities, err := r.capabilities()
	if err != nil {
		return nil, err
	}
	options := common.ReleaseOptions(r.Release)
	dot, err := util.ToRenderValuesWithSchemaValidation(ch, values, options, capabilities, true)
	if err != nil {
		return nil, fail(kindValues, "%v", err)
	}
	final, err := dot.Table("Values")
	if err != nil {
		return nil, fail(kindValues, "%v", err)
	}
	if !r.SkipSchema {
		if err := validate(ch, final); err != nil {
			return nil, err
		}
	}
	if wanted := ch.Metadata.KubeVersion; wanted != "" && !chartutil.IsCompatibleRange(wanted, capabilities.KubeVersion.String()) {
		return nil, fail(kindIncompatible, "chart requires kubeVersion %s, this is %s", wanted, capabilities.KubeVersion.Version).in("Chart.yaml")
	}
	funcs["lookup"] = memory.lookup
	files, err := engine.Engine{CustomTemplateFuncs: funcs}.RenderWithContext(context.Background(), ch, dot)
	if err != nil {
		if memory.failed != nil {
			return nil, memory.failed
		}
		return nil, templateFailure(err, templateNames(ch))
	}
	notes := files[path.Join(ch.Name(), "templates", "NOTES.txt")]
	for name := range files {
		if path.Base(name) == "NOTES.txt" {
			delete(files, name)
		}
	}
	return &executed{ch, files, notes, final}, nil
}

// templateNames are those of the chart and of the charts in it, as Helm's engine calls them.
func templateNames(ch *chart.Chart) []string {
	var names []string
	for _, template := range ch.Templates {
		names = append(names, path.Join(ch.ChartFullPath(), template.Name))
	}
	for _, dependency := range ch.Dependencies() {
		names = append(names, templateNames(dependency)...)
	}
	return names
}

func (r chartRequest) capabilities() (*common.Capabilities, error) {
	capabilities := common.DefaultCapabilities.Copy()
	if r.KubeVersion != "" {
		version, err := common.ParseKubeVersion(r.KubeVersion)
		if err != nil {
			return nil, fail(kindRequest, "kubeVersion %q: %v", r.KubeVersion, err)
		}
		capabilities.KubeVersion = *version
	}
	if r.APIVersions != nil {
		capabilities.APIVersions = common.VersionSet(slices.Clone(r.APIVersions))
	}
	capabilities.APIVersions = append(slices.Clone(capabilities.APIVersions), r.MoreAPIVersions...)
	return capabilities, nil
}

// assemble sorts in the order of installation and turns text into objects.
func assemble(done *executed) (*chartResult, error) {
	ch, files := done.chart, done.files
	hooks, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		return nil, outputFailure(err, files)
	}
	result := &chartResult{
		Chart:   chartFacts{ch.Name(), ch.Metadata.Version, ch.AppVersion()},
		Objects: []renderedObject{},
		CRDs:    []renderedObject{},
		Hooks:   []renderedHook{},
		Notes:   done.notes,
		Values:  done.values,
	}
	var text strings.Builder
	for _, manifest := range manifests {
		fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", manifest.Name, manifest.Content)
		// Helm applies the text above: a block that ends its template has the line's end in its value.
		if result.Objects, err = appendObjects(result.Objects, manifest.Name, manifest.Content+"\n"); err != nil {
			return nil, err
		}
	}
	result.Manifest = text.String()
	for _, hook := range hooks {
		rendered, err := newHook(hook)
		if err != nil {
			return nil, err
		}
		result.Hooks = append(result.Hooks, rendered)
	}
	for _, crd := range ch.CRDObjects() {
		for _, content := range inOrder(releaseutil.SplitManifests(string(crd.File.Data))) {
			if result.CRDs, err = appendObjects(result.CRDs, crd.Filename, content); err != nil {
				return nil, err
			}
		}
	}
	return result, nil
}

func inOrder(documents map[string]string) []string {
	keys := slices.Collect(maps.Keys(documents))
	sort.Sort(releaseutil.BySplitManifestsOrder(keys))
	contents := make([]string, len(keys))
	for i, key := range keys {
		contents[i] = documents[key]
	}
	return contents
}

// lookupMemory answers the second render with what the first was told, and records what was asked.
type lookupMemory struct {
	ask     func(lookupKey) (map[string]any, error)
	allowed bool
	answers map[lookupKey]map[string]any
	asked   []lookupKey
	failed  error
}

func (m *lookupMemory) lookup(apiVersion, kind, namespace, name string) (map[string]any, error) {
	key := lookupKey{apiVersion, kind, namespace, name}
	if !m.allowed {
		return map[string]any{}, nil
	}
	answer, known := m.answers[key]
	if !known {
		var err error
		if answer, err = m.ask(key); err != nil {
			m.failed = err
			return nil, err
		}
		if answer == nil {
			answer = map[string]any{}
		}
		m.answers[key] = answer
		m.asked = append(m.asked, key)
	}
	return deepCopy(answer).(map[string]any), nil
}

// clockFuncs are the functions of sprig that read the clock, with the clock moved.
func clockFuncs(shift time.Duration) template.FuncMap {
	if shift == 0 {
		return template.FuncMap{}
	}
	return shiftedFuncs(func() time.Time { return time.Now().Add(shift) })
}
