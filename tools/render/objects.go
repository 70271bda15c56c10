package main

import (
	"strings"
	"time"

	release "helm.sh/helm/v4/pkg/release/v1"
	"sigs.k8s.io/yaml"
)

// renderedObject is one Kubernetes object and the template it came from.
type renderedObject struct {
	Source string         `json:"source"`
	Object map[string]any `json:"object"`
	// Unstable are JSON pointers of fields that differed in the second render; "" is the whole object.
	Unstable []string `json:"unstable,omitempty"`
}

type renderedHook struct {
	renderedObject
	Events            []string `json:"events"`
	Weight            int      `json:"weight"`
	DeletePolicies    []string `json:"deletePolicies"`
	OutputLogPolicies []string `json:"outputLogPolicies"`
	// LastRun is there once somebody began to run it.
	LastRun *hookRun `json:"lastRun,omitempty"`
}

// hookRun is how a hook's last run went; Phase is Helm's word.
type hookRun struct {
	StartedAt   time.Time         `json:"startedAt,omitzero"`
	CompletedAt time.Time         `json:"completedAt,omitzero"`
	Phase       release.HookPhase `json:"phase"`
}

// appendObjects turns one YAML document into objects; lists come apart, as in Helm's own client.
func appendObjects(objects []renderedObject, source, content string) ([]renderedObject, error) {
	body, err := yaml.YAMLToJSON([]byte(content))
	if err != nil {
		return nil, yamlFailure(kindOutput, source, err)
	}
	var value any
	if value, err = exactJSON(body); err != nil {
		return nil, fail(kindOutput, "%v", err).in(source)
	}
	if value == nil {
		return objects, nil
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, fail(kindOutput, "a document is %T, not an object", value).in(source)
	}
	return flatten(objects, source, object)
}

func flatten(objects []renderedObject, source string, object map[string]any) ([]renderedObject, error) {
	kind, _ := object["kind"].(string)
	apiVersion, _ := object["apiVersion"].(string)
	if kind == "" || apiVersion == "" {
		return nil, fail(kindOutput, "an object has no apiVersion or kind (kind %q, apiVersion %q)", kind, apiVersion).in(source)
	}
	items, isList := object["items"].([]any)
	if !isList || !strings.HasSuffix(kind, "List") {
		return append(objects, renderedObject{Source: source, Object: object}), nil
	}
	for _, item := range items {
		inner, ok := item.(map[string]any)
		if !ok {
			return nil, fail(kindOutput, "an item of %s is %T, not an object", kind, item).in(source)
		}
		var err error
		if objects, err = flatten(objects, source, inner); err != nil {
			return nil, err
		}
	}
	return objects, nil
}

func newHook(hook *release.Hook) (renderedHook, error) {
	objects, err := appendObjects(nil, hook.Path, hook.Manifest)
	if err != nil {
		return renderedHook{}, err
	}
	if len(objects) != 1 {
		return renderedHook{}, fail(kindOutput, "a hook is %d objects, not one", len(objects)).in(hook.Path)
	}
	rendered := renderedHook{
		renderedObject:    objects[0],
		Events:            []string{},
		Weight:            hook.Weight,
		DeletePolicies:    []string{},
		OutputLogPolicies: []string{},
	}
	if run := hook.LastRun; run.Phase != "" {
		rendered.LastRun = &hookRun{run.StartedAt, run.CompletedAt, run.Phase}
	}
	for _, event := range hook.Events {
		rendered.Events = append(rendered.Events, event.String())
	}
	for _, policy := range hook.DeletePolicies {
		rendered.DeletePolicies = append(rendered.DeletePolicies, policy.String())
	}
	for _, policy := range hook.OutputLogPolicies {
		rendered.OutputLogPolicies = append(rendered.OutputLogPolicies, string(policy))
	}
	return rendered, nil
}

// outputFailure names the template whose output is broken; Helm's message begins with its path.
func outputFailure(err error, files map[string]string) *failure {
	f := yamlFailure(kindOutput, "", err)
	for file := range files {
		if strings.Contains(err.Error(), "YAML parse error on "+file+":") {
			f.File = file
		}
	}
	return f
}
