package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
)

// The files of testdata/sops were written by SOPS 3.13.3 for the key beside them, which opens nothing
// else. With HIKKOSHI_TEST_SOPS (the binary) the same is tried with files that it writes now.
const sealedFiles = "testdata/sops"

func readFixture(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(sealedFiles, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func openSealed(t *testing.T, text, keys string) ([]map[string]any, *secrets, error) {
	t.Helper()
	told := &secrets{}
	documents, err := decrypt("prod/secrets.yaml", text, keys, told)
	return documents, told, err
}

func TestFilesOfSopsAreOpened(t *testing.T) {
	keys := readFixture(t, "keys.txt")
	for name, want := range map[string]string{
		"types.yaml":         `[{"clear_unencrypted":"seen","db":{"password":"p4ss: word","port":5432,"ratio":0.25,"tls":true},"empty":"","list":["a",{"b":"c"},2],"multi":"line 1\nline 2\n","nothing":null}]`,
		"suffix.yaml":        `[{"a":1,"b_secret":"hidden one"}]`,
		"regex-mac.yaml":     `[{"data":{"token":"t0ken"},"kind":"Secret"}]`,
		"documents.yaml":     `[{"a":"first"},{"a":"second"}]`,
		"values.json":        `[{"a":"b","n":7}]`,
		"with-comments.yaml": `[{"a":"b","list":["x"]}]`,
	} {
		t.Run(name, func(t *testing.T) {
			got, _, err := openSealed(t, readFixture(t, name), keys)
			if err != nil {
				t.Fatal(err)
			}
			if asJSON(t, got) != want {
				t.Errorf("got %s\nwant %s", asJSON(t, got), want)
			}
		})
	}
}

func TestWhatWasChangedAfterwardsIsRefused(t *testing.T) {
	keys := readFixture(t, "keys.txt")
	original := readFixture(t, "types.yaml")
	lines := strings.Split(original, "\n")
	without := func(prefix string) string {
		var kept []string
		for _, line := range lines {
			if !strings.HasPrefix(strings.TrimSpace(line), prefix) {
				kept = append(kept, line)
			}
		}
		return strings.Join(kept, "\n")
	}
	stranger, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ text, keys, says string }{
		"a clear value":       {strings.Replace(original, "clear_unencrypted: seen", "clear_unencrypted: forged", 1), keys, "MAC does not fit"},
		"a value taken out":   {without("password:"), keys, "MAC does not fit"},
		"a value moved":       {strings.Replace(original, "password:", "passwort:", 1), keys, "moved from another field"},
		"a value in clear":    {strings.Replace(original, "db:", "new: forged\ndb:", 1), keys, "should be encrypted"},
		"no MAC":              {without("mac:"), keys, "MAC does not fit"},
		"another key":         {original, stranger.String(), "none of the configured age keys"},
		"no key":              {original, "", "no age key file is configured"},
		"no key file":         {original, "hello", "cannot be read as age identities"},
		"not encrypted":       {"a: b\n", keys, "not encrypted with SOPS"},
		"an empty file":       {"", keys, "not encrypted with SOPS"},
		"no map":              {"- a\n", keys, "is a map"},
		"broken":              {"a: [\n", keys, "line"},
		"for another service": {"a: ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]\nsops: {kms: [{arn: x}], lastmodified: \"2026-11-24T00:00:00Z\", mac: x}\n", keys, "not encrypted for age"},
		"a bomb of aliases":   {"a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e,*e]\n" + sopsPart(original, "unencrypted_suffix: _unencrypted", "unencrypted_regex: ."), keys, "more than"},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := openSealed(t, c.text, c.keys)
			f := wantFailure(t, err, kindSecret)
			if !strings.Contains(f.Message, c.says) || f.File != "prod/secrets.yaml" {
				t.Errorf("%+v does not say %q", f, c.says)
			}
			if strings.Contains(f.Message, "p4ss") {
				t.Error("the message tells the secret")
			}
		})
	}
}

// sopsPart is the metadata of a file with something replaced.
func sopsPart(file, old, new string) string {
	return strings.Replace(file[strings.Index(file, "\nsops:")+1:], old, new, 1)
}

func TestSecretsBecomeValuesAndAreHiddenInMessages(t *testing.T) {
	told := &secrets{}
	sealed := readFixture(t, "types.yaml")
	request := request1(shop(map[string]string{"templates/a.yaml": "{{ fail (printf \"no %s or %s\" .Values.db.password (b64enc .Values.db.password)) }}"}))
	request.Values = []valuesFile{{Name: "prod/secrets.yaml", Sops: &sealed}}
	request.AgeKeys = readFixture(t, "keys.txt")
	request.told = told
	_, err := renderChart(request, noCluster)
	failure := wantFailure(t, err, kindTemplate)
	answer := response{Error: failure, Warnings: []string{"p4ss: word"}}
	told.mask(&answer)
	if got := answer.Error.Message; got != "no (hidden) or (hidden)" {
		t.Error(got)
	}
	if answer.Warnings[0] != "(hidden)" {
		t.Error(answer.Warnings[0])
	}
}

func TestSopsItselfIsUnderstood(t *testing.T) {
	sops := os.Getenv("HIKKOSHI_TEST_SOPS")
	if sops == "" {
		t.Skip("HIKKOSHI_TEST_SOPS is not set")
	}
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	const plain = "db:\n    password: p4ss\n    port: 5432\nlist:\n    - a\n    - 1.50\n# told\nwhen: 2026-11-24T10:00:00Z\nyes: \"no\"\n"
	for _, flags := range [][]string{
		nil,
		{"--encrypted-regex", "^(password|list)$"},
		{"--unencrypted-regex", "^port$"},
		{"--encrypted-suffix", "word"},
		{"--unencrypted-suffix", "word"},
	} {
		t.Run(strings.Join(flags, " "), func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "s.yaml")
			if err := os.WriteFile(file, []byte(plain), 0o600); err != nil {
				t.Fatal(err)
			}
			environment := append(os.Environ(), "SOPS_AGE_KEY="+identity.String())
			run := func(arguments ...string) string {
				command := exec.Command(sops, arguments...)
				command.Env = environment
				out, err := command.Output()
				if err != nil {
					t.Fatalf("sops %v: %v", arguments, err)
				}
				return string(out)
			}
			arguments := append([]string{"encrypt", "--age", identity.Recipient().String()}, flags...)
			sealed := run(append(arguments, file)...)
			if err := os.WriteFile(file, []byte(sealed), 0o600); err != nil {
				t.Fatal(err)
			}
			want, err := merge(valuesRequest{Values: []valuesFile{{Name: "w", YAML: run("decrypt", file)}}})
			if err != nil {
				t.Fatal(err)
			}
			got, err := merge(valuesRequest{Values: []valuesFile{{Name: "g", Sops: &sealed}}, AgeKeys: identity.String()})
			if err != nil {
				t.Fatal(err)
			}
			if asJSON(t, got) != asJSON(t, want) {
				t.Errorf("got %s\nwant %s", asJSON(t, got), asJSON(t, want))
			}
		})
	}
}
