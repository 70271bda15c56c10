package main

import (
	"fmt"
	"strings"
	"time"

	chart "helm.sh/helm/v4/pkg/chart/v2"
	chartutil "helm.sh/helm/v4/pkg/chart/v2/util"
	helmrelease "helm.sh/helm/v4/pkg/release"
	"helm.sh/helm/v4/pkg/release/common"
	release "helm.sh/helm/v4/pkg/release/v1"
	releaseutil "helm.sh/helm/v4/pkg/release/v1/util"
	"helm.sh/helm/v4/pkg/storage"
	"helm.sh/helm/v4/pkg/storage/driver"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"
)

// recordFacts are what a record says beside its chart.
type recordFacts struct {
	Status        common.Status `json:"status"`
	Description   string        `json:"description"`
	FirstDeployed time.Time     `json:"firstDeployed,omitzero"`
	LastDeployed  time.Time     `json:"lastDeployed,omitzero"`
	Deleted       time.Time     `json:"deleted,omitzero"`
	Notes         string        `json:"notes"`
}

type encodeRequest struct {
	chartSource
	valuesRequest
	recordFacts
	Name        string            `json:"name"`
	Namespace   string            `json:"namespace"`
	Revision    int               `json:"revision"`
	ApplyMethod string            `json:"applyMethod"`
	Labels      map[string]string `json:"labels"`
	// Manifest is the text to record; without it, the objects are written out.
	Manifest string           `json:"manifest"`
	Objects  []renderedObject `json:"objects"`
	Hooks    []renderedHook   `json:"hooks"`
}

type updateRequest struct {
	recordFacts
	Secret *corev1.Secret `json:"secret"`
	// Objects replace the manifest where there are any; else it stays.
	Objects []renderedObject `json:"objects"`
	// Runs are told of hooks by their place in the record.
	Runs map[int]hookRun `json:"runs"`
}

type rollbackRequest struct {
	recordFacts
	Secret   *corev1.Secret `json:"secret"`
	Revision int            `json:"revision"`
}

type decodeRequest struct {
	Secret *corev1.Secret `json:"secret"`
}

type recordResult struct {
	Secret *corev1.Secret `json:"secret"`
	Bytes  int            `json:"bytes"`
}

type decodeResult struct {
	recordFacts
	Name        string            `json:"name"`
	Namespace   string            `json:"namespace"`
	Revision    int               `json:"revision"`
	ApplyMethod string            `json:"applyMethod"`
	Chart       chartFacts        `json:"chart"`
	Config      map[string]any    `json:"config"`
	Labels      map[string]string `json:"labels"`
	Manifest    string            `json:"manifest"`
	Objects     []renderedObject  `json:"objects"`
	Hooks       []renderedHook    `json:"hooks"`
}

// encodeRecord makes the Secret that Helm would make, with Helm's own driver.
func encodeRecord(r encodeRequest) (any, error) {
	config, err := merge(r.valuesRequest)
	if err != nil {
		return nil, err
	}
	ch, err := r.load()
	if err != nil {
		return nil, err
	}
	// Helm records the chart as it is after this: disabled dependencies gone, values imported.
	if err := chartutil.ProcessDependencies(ch, config); err != nil {
		return nil, fail(kindChart, "%v", err)
	}
	rel, err := r.release(ch, config)
	if err != nil {
		return nil, err
	}
	return store(rel, r.Namespace, nil)
}

func (r encodeRequest) release(ch *chart.Chart, config map[string]any) (*release.Release, error) {
	manifest := r.Manifest
	if manifest == "" {
		var err error
		if manifest, err = manifestOf(r.Objects); err != nil {
			return nil, err
		}
	}
	rel := &release.Release{
		Name:        r.Name,
		Namespace:   r.Namespace,
		Version:     r.Revision,
		Chart:       ch,
		Config:      config,
		Manifest:    manifest,
		Labels:      r.Labels,
		ApplyMethod: r.ApplyMethod,
		Info:        &release.Info{},
	}
	r.apply(rel.Info)
	for _, hook := range r.Hooks {
		recorded, err := hook.recorded()
		if err != nil {
			return nil, err
		}
		rel.Hooks = append(rel.Hooks, recorded)
	}
	return rel, nil
}

// updateRecord changes the status of a record and keeps everything else byte for byte as meant.
func updateRecord(r updateRequest) (any, error) {
	rel, err := open(r.Secret)
	if err != nil {
		return nil, err
	}
	kept := recordFactsOf(rel.Info)
	r.keepFrom(kept)
	r.apply(rel.Info)
	if len(r.Objects) > 0 {
		if rel.Manifest, err = manifestOf(r.Objects); err != nil {
			return nil, err
		}
	}
	for place, run := range r.Runs {
		if place < 0 || place >= len(rel.Hooks) {
			return nil, fail(kindRequest, "hook %d of %d", place, len(rel.Hooks))
		}
		ran(rel.Hooks[place], run)
	}
	return store(rel, r.Secret.Namespace, r.Secret)
}

// ran notes a run as Helm does, which also writes down the policy that holds where a hook names none.
func ran(hook *release.Hook, run hookRun) {
	hook.LastRun = release.HookExecution{StartedAt: run.StartedAt, CompletedAt: run.CompletedAt, Phase: run.Phase}
	if len(hook.DeletePolicies) == 0 {
		hook.DeletePolicies = []release.HookDeletePolicy{release.HookBeforeHookCreation}
	}
}

// rollbackRecord begins a new revision with everything that an earlier one had, as a rollback does.
func rollbackRecord(r rollbackRequest) (any, error) {
	rel, err := open(r.Secret)
	if err != nil {
		return nil, err
	}
	if rel.Info == nil {
		return nil, fail(kindRecord, "Secret %s has no info", r.Secret.Name)
	}
	target := rel.Version
	r.Notes = rel.Info.Notes
	rel.Info = &release.Info{RollbackRevision: target}
	r.apply(rel.Info)
	rel.Version = r.Revision
	rel.ApplyMethod = string(release.ApplyMethodServerSideApply)
	return store(rel, r.Secret.Namespace, nil)
}

func decodeRecord(r decodeRequest) (any, error) {
	rel, err := open(r.Secret)
	if err != nil {
		return nil, err
	}
	result := decodeResult{
		Name:        rel.Name,
		Namespace:   rel.Namespace,
		Revision:    rel.Version,
		ApplyMethod: rel.ApplyMethod,
		Config:      rel.Config,
		Labels:      rel.Labels,
		Manifest:    rel.Manifest,
		Objects:     []renderedObject{},
		Hooks:       []renderedHook{},
	}
	if rel.Info != nil {
		result.recordFacts = recordFactsOf(rel.Info)
	}
	if rel.Chart != nil && rel.Chart.Metadata != nil {
		result.Chart = chartFacts{rel.Chart.Name(), rel.Chart.Metadata.Version, rel.Chart.AppVersion()}
	}
	for _, document := range inOrder(releaseutil.SplitManifests(rel.Manifest)) {
		if result.Objects, err = appendObjects(result.Objects, sourceOf(document), document); err != nil {
			return nil, err
		}
	}
	for _, hook := range rel.Hooks {
		rendered, err := newHook(hook)
		if err != nil {
			return nil, err
		}
		result.Hooks = append(result.Hooks, rendered)
	}
	return result, nil
}

// open reads a record through Helm's driver.
func open(secret *corev1.Secret) (*release.Release, error) {
	if secret == nil {
		return nil, fail(kindRequest, "there is no secret")
	}
	found, err := driver.NewSecrets(newSecrets(secret)).Get(secret.Name)
	if err != nil {
		return nil, fail(kindRecord, "Secret %s is no release record: %v", secret.Name, err)
	}
	rel, ok := found.(*release.Release)
	if !ok {
		return nil, fail(kindRecord, "Secret %s holds a %T", secret.Name, found)
	}
	return rel, nil
}

// store writes a record through Helm's storage: created, or updated where there is one already.
func store(rel *release.Release, namespace string, existing *corev1.Secret) (any, error) {
	secrets := newSecrets(existing)
	records := storage.Init(driver.NewSecrets(secrets))
	write := records.Create
	if existing != nil {
		write = records.Update
	}
	var releaser helmrelease.Releaser = rel
	if err := write(releaser); err != nil {
		return nil, fail(kindRecord, "%v", err)
	}
	secret := secrets.last
	secret.APIVersion, secret.Kind, secret.Namespace = "v1", "Secret", namespace
	return recordResult{Secret: secret, Bytes: len(secret.Data["release"])}, nil
}

func (f recordFacts) apply(info *release.Info) {
	info.Status = f.Status
	info.Description = f.Description
	info.FirstDeployed = f.FirstDeployed
	info.LastDeployed = f.LastDeployed
	info.Deleted = f.Deleted
	info.Notes = f.Notes
}

// keepFrom fills what an update does not mention.
func (f *recordFacts) keepFrom(old recordFacts) {
	if f.Status == "" {
		f.Status = old.Status
	}
	if f.Description == "" {
		f.Description = old.Description
	}
	if f.FirstDeployed.IsZero() {
		f.FirstDeployed = old.FirstDeployed
	}
	if f.LastDeployed.IsZero() {
		f.LastDeployed = old.LastDeployed
	}
	if f.Deleted.IsZero() {
		f.Deleted = old.Deleted
	}
	if f.Notes == "" {
		f.Notes = old.Notes
	}
}

func recordFactsOf(info *release.Info) recordFacts {
	return recordFacts{
		Status:        info.Status,
		Description:   info.Description,
		FirstDeployed: info.FirstDeployed,
		LastDeployed:  info.LastDeployed,
		Deleted:       info.Deleted,
		Notes:         info.Notes,
	}
}

// manifestOf writes objects as Helm writes a manifest.
func manifestOf(objects []renderedObject) (string, error) {
	var text strings.Builder
	for _, object := range objects {
		body, err := yaml.Marshal(object.Object)
		if err != nil {
			return "", fail(kindRecord, "%v", err).in(object.Source)
		}
		fmt.Fprintf(&text, "---\n# Source: %s\n%s", object.Source, body)
	}
	return text.String(), nil
}

// sourceOf reads the comment that Helm puts above each document.
func sourceOf(document string) string {
	first, _, _ := strings.Cut(document, "\n")
	source, found := strings.CutPrefix(first, "# Source: ")
	if !found {
		return ""
	}
	return strings.TrimSpace(source)
}

func (h renderedHook) recorded() (*release.Hook, error) {
	body, err := yaml.Marshal(h.Object)
	if err != nil {
		return nil, fail(kindRecord, "%v", err).in(h.Source)
	}
	kindName, _ := h.Object["kind"].(string)
	metadata, _ := h.Object["metadata"].(map[string]any)
	name, _ := metadata["name"].(string)
	hook := &release.Hook{Name: name, Kind: kindName, Path: h.Source, Manifest: string(body), Weight: h.Weight}
	for _, event := range h.Events {
		hook.Events = append(hook.Events, release.HookEvent(event))
	}
	for _, policy := range h.DeletePolicies {
		hook.DeletePolicies = append(hook.DeletePolicies, release.HookDeletePolicy(policy))
	}
	for _, policy := range h.OutputLogPolicies {
		hook.OutputLogPolicies = append(hook.OutputLogPolicies, release.HookOutputLogPolicy(policy))
	}
	if h.LastRun != nil {
		hook.LastRun = release.HookExecution{StartedAt: h.LastRun.StartedAt, CompletedAt: h.LastRun.CompletedAt, Phase: h.LastRun.Phase}
	}
	return hook, nil
}
