package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// child is the built worker, confined as in production.
type child struct {
	t      *testing.T
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    io.ReadCloser
	stderr bytes.Buffer
}

var binary1 string

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "render")
	if err != nil {
		panic(err)
	}
	binary1 = filepath.Join(folder, "hikkoshi-render")
	// With the flags of the tools' own build, whose packages are compiled already.
	build := exec.Command("go", "build", "-trimpath", "-o", binary1, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := build.CombinedOutput(); err != nil {
		panic(string(output))
	}
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

func start(t *testing.T) *child {
	t.Helper()
	c := &child{t: t, cmd: exec.Command(binary1)}
	c.cmd.Env = []string{}
	c.cmd.Stderr = &c.stderr
	c.in, _ = c.cmd.StdinPipe()
	c.out, _ = c.cmd.StdoutPipe()
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = c.cmd.Process.Kill()
		_ = c.cmd.Wait()
	})
	return c
}

func (c *child) send(message string) {
	c.t.Helper()
	head := binary.BigEndian.AppendUint32(nil, uint32(len(message)))
	if _, err := c.in.Write(append(head, message...)); err != nil {
		c.t.Fatal(err)
	}
}

func (c *child) receive() (map[string]any, error) {
	var head [4]byte
	if _, err := io.ReadFull(c.out, head[:]); err != nil {
		return nil, err
	}
	body := make([]byte, binary.BigEndian.Uint32(head[:]))
	if _, err := io.ReadFull(c.out, body); err != nil {
		return nil, err
	}
	var message map[string]any
	return message, json.Unmarshal(body, &message)
}

func (c *child) ask(message string) map[string]any {
	c.t.Helper()
	c.send(message)
	answer, err := c.receive()
	if err != nil {
		c.t.Fatalf("%v: %s", err, c.stderr.String())
	}
	return answer
}

func TestTheWorkerSaysWhatHoldsIt(t *testing.T) {
	answer := start(t).ask(`{"id": 1, "op": "hello"}`)
	result := answer["result"].(map[string]any)
	if result["helm"] != "v4.3.1" {
		t.Errorf("%v", result)
	}
	if runtime.GOOS != "linux" {
		t.Skip("confinement exists on Linux only")
	}
	confinement := result["confinement"].(map[string]any)
	t.Logf("confinement: %v", confinement)
	for _, part := range []string{"seccomp", "landlock"} {
		if confinement[part] != true {
			t.Errorf("%s is not active: %v", part, confinement["missing"])
		}
	}
}

func TestBadFramesAreAnsweredOrEndTheWorker(t *testing.T) {
	c := start(t)
	for message, want := range map[string]string{
		`not json`:                             "request",
		`{"id": 2, "op": "nosuch"}`:            "request",
		`{"id": 3, "op": "chart", "files": 7}`: "request",
	} {
		answer := c.ask(message)
		if got := answer["error"].(map[string]any)["kind"]; got != want {
			t.Errorf("%s: %v", message, answer)
		}
	}
	if _, err := c.in.Write([]byte{0xff, 0xff, 0xff, 0xff}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.receive(); err == nil {
		t.Error("a frame of 4 GiB was accepted")
	}
}

func TestABombKillsOnlyTheWorker(t *testing.T) {
	for name, text := range map[string]string{
		"memory": `{{ $x := repeat 3000000000 \"x\" }}{{ len $x }}`,
		"stack":  `{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ printf \"%v\" $d }}`,
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t)
			c.send(`{"id": 1, "op": "template", "name": "t", "text": "` + text + `"}`)
			done := make(chan error, 1)
			go func() { _, err := c.receive(); done <- err }()
			select {
			case err := <-done:
				if err == nil {
					t.Fatal("it answered")
				}
				_ = c.cmd.Wait()
				said := strings.SplitN(c.stderr.String(), "\n", 2)[0]
				t.Log(said)
			case <-time.After(30 * time.Second):
				t.Fatal("still alive after 30 s")
			}
		})
	}
}

func TestAWorkerDoesNotOutliveItsParent(t *testing.T) {
	c := start(t)
	c.send(`{"id": 1, "op": "template", "name": "t", "text": "{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}"}`)
	_ = c.in.Close()
	done := make(chan error, 1)
	go func() { done <- c.cmd.Wait() }()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err, c.stderr.String())
		}
	case <-time.After(10 * time.Second):
		t.Error("still rendering 10 s after its parent went")
	}
}

func TestLookupsGoThroughTheFrames(t *testing.T) {
	c := start(t)
	c.send(`{"id": 9, "op": "chart", "allowLookups": true, "release": {"name": "a", "namespace": "b"},
	  "files": {"Chart.yaml": "YXBpVmVyc2lvbjogdjIKbmFtZTogcwp2ZXJzaW9uOiAxLjAuMAo=",
	            "templates/a.yaml": "` + base64Of(configMap+`  v: {{ (lookup "v1" "Secret" "b" "pw").data.v }}`) + `"}}`)
	question, err := c.receive()
	if err != nil {
		t.Fatal(err, c.stderr.String())
	}
	if asJSON(t, question) != `{"id":9,"lookup":{"apiVersion":"v1","kind":"Secret","name":"pw","namespace":"b"}}` {
		t.Error(asJSON(t, question))
	}
	answer := c.ask(`{"id": 9, "object": {"data": {"v": "live"}}}`)
	if !strings.Contains(asJSON(t, answer), `"data":{"v":"live"}`) {
		t.Error(asJSON(t, answer))
	}
}

func TestAChartThatWasSentIsKnownByItsName(t *testing.T) {
	c := start(t)
	release := `"release": {"name": "a", "namespace": "b"}`
	files := `"files": {"Chart.yaml": "` + base64Of(chartYAML) + `", "templates/a.yaml": "` + base64Of(configMap+`  v: {{ .Values.v }}`) + `"}`
	for i, message := range []string{
		`{"id": 1, "op": "manifest", "digest": "d", ` + release + `, ` + files + `, "set": ["v=1"]}`,
		`{"id": 2, "op": "manifest", "digest": "d", ` + release + `, "set": ["v=2"]}`,
		`{"id": 3, "op": "chart", "digest": "d", ` + release + `, "set": ["v=3"]}`,
	} {
		// Text in the one operation, an object in the other.
		answer := strings.ReplaceAll(asJSON(t, c.ask(message)), `"v":`, "v: ")
		if !strings.Contains(answer, "v: "+strconv.Itoa(i+1)) {
			t.Error(answer)
		}
	}
	answer := asJSON(t, c.ask(`{"id": 4, "op": "manifest", "digest": "e", `+release+`}`))
	if !strings.Contains(answer, "no chart e was sent") {
		t.Error(answer)
	}
}
