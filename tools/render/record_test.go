package main

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
)

func TestRecordsGoThereAndBack(t *testing.T) {
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	source := shop(map[string]string{"templates/a.yaml": configMap + "  k: {{ .Values.k | quote }}\n"})
	rendered := mustRender(t, request1(source, "k: 1\n"))
	r := encodeRequest{
		chartSource:   source,
		valuesRequest: valuesRequest{Values: []valuesFile{{Name: "a", YAML: "k: 1\n"}}},
		recordFacts:   recordFacts{Status: "pending-upgrade", Description: "Upgrading", FirstDeployed: at, LastDeployed: at},
		Name:          "web", Namespace: "prod", Revision: 3, ApplyMethod: "ssa",
		Labels:  map[string]string{"team": "shop"},
		Objects: rendered.Objects,
	}
	encoded, err := encodeRecord(r)
	if err != nil {
		t.Fatal(err)
	}
	secret := encoded.(recordResult).Secret
	if secret.Name != "sh.helm.release.v1.web.v3" || secret.Type != "helm.sh/release.v1" || secret.Namespace != "prod" {
		t.Errorf("%s %s %s", secret.Name, secret.Type, secret.Namespace)
	}
	for label, want := range map[string]string{"owner": "helm", "name": "web", "status": "pending-upgrade", "version": "3", "team": "shop"} {
		if secret.Labels[label] != want {
			t.Errorf("label %s is %q, want %q", label, secret.Labels[label], want)
		}
	}

	updated, err := updateRecord(updateRequest{Secret: throughJSON(t, secret), recordFacts: recordFacts{Status: "deployed", Description: "Upgrade complete"}})
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := decodeRecord(decodeRequest{Secret: throughJSON(t, updated.(recordResult).Secret)})
	if err != nil {
		t.Fatal(err)
	}
	got := decoded.(decodeResult)
	if got.Status != "deployed" || got.Description != "Upgrade complete" || !got.FirstDeployed.Equal(at) || got.Revision != 3 ||
		got.ApplyMethod != "ssa" || got.Chart.Version != "1.2.3" || got.Labels["team"] != "shop" {
		t.Errorf("%+v", got)
	}
	if asJSON(t, got.Objects) != asJSON(t, rendered.Objects) {
		t.Errorf("objects: %s\nwant %s", asJSON(t, got.Objects), asJSON(t, rendered.Objects))
	}
	if asJSON(t, got.Config) != `{"k":1}` {
		t.Errorf("config: %s", asJSON(t, got.Config))
	}
}

func TestAnUpdateThatChangesNothingKeepsTheBytes(t *testing.T) {
	encoded, err := encodeRecord(encodeRequest{chartSource: shop(nil), Name: "web", Namespace: "prod", Revision: 1,
		Manifest: "---\n# Source: x\na: b\n", recordFacts: recordFacts{Status: "deployed", Description: "d"}})
	if err != nil {
		t.Fatal(err)
	}
	before := encoded.(recordResult).Secret
	updated, err := updateRecord(updateRequest{Secret: throughJSON(t, before)})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(before.Data["release"], updated.(recordResult).Secret.Data["release"]) {
		t.Error("the record's bytes changed")
	}
}

func TestWhatIsNoRecordIsRefused(t *testing.T) {
	_, err := decodeRecord(decodeRequest{Secret: &corev1.Secret{Data: map[string][]byte{"release": []byte("!")}}})
	wantFailure(t, err, kindRecord)
	_, err = decodeRecord(decodeRequest{})
	wantFailure(t, err, kindRequest)
}

const migration = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: m, annotations: {helm.sh/hook: \"pre-upgrade,post-upgrade\", " +
	"helm.sh/hook-output-log-policy: hook-failed}}\n"

func recordWithHook(t *testing.T) *corev1.Secret {
	t.Helper()
	source := shop(map[string]string{"templates/h.yaml": migration})
	encoded, err := encodeRecord(encodeRequest{chartSource: source, Name: "web", Namespace: "prod", Revision: 1, ApplyMethod: "csa",
		recordFacts: recordFacts{Status: "superseded", Description: "d", Notes: "hello"},
		Manifest:    "---\n# Source: x\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n", Hooks: mustRender(t, request1(source)).Hooks})
	if err != nil {
		t.Fatal(err)
	}
	return encoded.(recordResult).Secret
}

func mustDecode(t *testing.T, record any) decodeResult {
	t.Helper()
	decoded, err := decodeRecord(decodeRequest{Secret: throughJSON(t, record.(recordResult).Secret)})
	if err != nil {
		t.Fatal(err)
	}
	return decoded.(decodeResult)
}

func TestARunOfAHookIsNotedAsHelmDoes(t *testing.T) {
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	secret := recordWithHook(t)
	before := mustDecode(t, recordResult{Secret: secret}).Hooks[0]
	updated, err := updateRecord(updateRequest{Secret: throughJSON(t, secret),
		Runs: map[int]hookRun{0: {StartedAt: at, CompletedAt: at.Add(time.Second), Phase: "Succeeded"}}})
	if err != nil {
		t.Fatal(err)
	}
	hook := mustDecode(t, updated).Hooks[0]
	if before.LastRun != nil || len(before.DeletePolicies) != 0 {
		t.Errorf("before: %+v", before)
	}
	if hook.LastRun == nil || !hook.LastRun.StartedAt.Equal(at) || hook.LastRun.Phase != "Succeeded" ||
		asJSON(t, hook.DeletePolicies) != `["before-hook-creation"]` || asJSON(t, hook.OutputLogPolicies) != `["hook-failed"]` {
		t.Errorf("after: %+v", hook)
	}
	_, err = updateRecord(updateRequest{Secret: throughJSON(t, secret), Runs: map[int]hookRun{1: {}}})
	wantFailure(t, err, kindRequest)
}

func TestARollbackHasEverythingOfTheEarlierRevision(t *testing.T) {
	rolled, err := rollbackRecord(rollbackRequest{Secret: throughJSON(t, recordWithHook(t)), Revision: 3,
		recordFacts: recordFacts{Status: "pending-rollback", Description: "Rollback to 1"}})
	if err != nil {
		t.Fatal(err)
	}
	secret := rolled.(recordResult).Secret
	if secret.Name != "sh.helm.release.v1.web.v3" || secret.Labels["status"] != "pending-rollback" || secret.Labels["version"] != "3" {
		t.Errorf("%s %v", secret.Name, secret.Labels)
	}
	got := mustDecode(t, rolled)
	if got.Revision != 3 || got.Notes != "hello" || got.ApplyMethod != "ssa" || len(got.Hooks) != 1 || got.Chart.Version != "1.2.3" {
		t.Errorf("%+v", got)
	}
}

func throughJSON(t *testing.T, secret *corev1.Secret) *corev1.Secret {
	t.Helper()
	var copied corev1.Secret
	if err := json.Unmarshal([]byte(asJSON(t, secret)), &copied); err != nil {
		t.Fatal(err)
	}
	return &copied
}
