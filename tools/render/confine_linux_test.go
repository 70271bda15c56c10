package main

import (
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// probeVariable makes this test binary confine itself, try to get out, and print how far it came.
const probeVariable = "HIKKOSHI_TEST_PROBE"

func init() {
	if os.Getenv(probeVariable) == "" {
		return
	}
	confine()
	attempts := map[string]func() error{
		"read":   func() error { _, err := os.ReadFile("/etc/hostname"); return err },
		"write":  func() error { return os.WriteFile("/tmp/hikkoshi-probe", nil, 0o600) },
		"remove": func() error { return os.Remove("/tmp/hikkoshi-no-such-file") },
		"dial":   func() error { _, err := net.Dial("tcp", "127.0.0.1:1"); return err },
		"listen": func() error { _, err := net.Listen("unix", "@hikkoshi-probe"); return err },
		"run":    func() error { return exec.Command("/bin/true").Run() },
	}
	for name, attempt := range attempts {
		err := attempt()
		println(name, err != nil && strings.Contains(err.Error(), "not permitted"))
	}
	os.Exit(0)
}

func TestAConfinedWorkerCannotReachOut(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = []string{probeVariable + "=1"}
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	for _, name := range []string{"read", "write", "remove", "dial", "listen", "run"} {
		if !strings.Contains(string(output), name+" true") {
			t.Errorf("%s was not refused:\n%s", name, output)
		}
	}
	if strings.Contains(string(output), "write false") {
		_ = os.Remove("/tmp/hikkoshi-probe")
	}
}
