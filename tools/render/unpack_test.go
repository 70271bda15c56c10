package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

type packedFile struct {
	name, text string
	kind       byte
}

func pack(t *testing.T, files ...packedFile) []byte {
	t.Helper()
	var out bytes.Buffer
	zipped := gzip.NewWriter(&out)
	archive := tar.NewWriter(zipped)
	for _, file := range files {
		header := &tar.Header{Name: file.name, Mode: 0o644, Size: int64(len(file.text)), Typeflag: file.kind}
		if file.kind == 0 {
			header.Typeflag = tar.TypeReg
		}
		if header.Typeflag == tar.TypeSymlink {
			header.Linkname, header.Size = file.text, 0
		}
		if err := archive.WriteHeader(header); err != nil {
			t.Fatal(err)
		}
		if header.Size > 0 {
			if _, err := archive.Write([]byte(file.text)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAPackedChartBecomesItsFiles(t *testing.T) {
	archive := pack(t,
		packedFile{name: "shop/Chart.yaml", text: chartYAML},
		packedFile{name: "shop/templates/", kind: tar.TypeDir},
		packedFile{name: "shop/templates/a.yaml", text: "a: b\n"})
	result, err := unpackChart(unpackRequest{Archive: archive})
	if err != nil {
		t.Fatal(err)
	}
	got := result.(unpackResult)
	if got.Name != "shop" || got.Version != "1.2.3" || string(got.Files["templates/a.yaml"]) != "a: b\n" || len(got.Files) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestArchivesThatAreNoChartAreRefused(t *testing.T) {
	good := packedFile{name: "shop/Chart.yaml", text: chartYAML}
	many := []packedFile{good}
	for range maxUnpackedFiles {
		many = append(many, packedFile{name: "shop/f", text: ""})
	}
	for name, c := range map[string]struct {
		archive []byte
		says    string
	}{
		"a link":                {pack(t, good, packedFile{name: "shop/a", text: "/etc/passwd", kind: tar.TypeSymlink}), "link"},
		"a path that leads out": {pack(t, good, packedFile{name: "shop/../../a", text: "x"}), "leads out"},
		"an absolute path":      {pack(t, good, packedFile{name: "/etc/passwd", text: "x"}), "absolute"},
		"a backslash":           {pack(t, good, packedFile{name: `shop\..\..\a`, text: "x"}), "leads out"},
		"no folder":             {pack(t, packedFile{name: "Chart.yaml", text: chartYAML}), "outside"},
		"too deep":              {pack(t, good, packedFile{name: "shop/" + strings.Repeat("d/", 40) + "a", text: "x"}), "too deep"},
		"a bomb":                {pack(t, good, packedFile{name: "shop/a", text: strings.Repeat("x", maxUnpacked+1)}), "more than allowed"},
		"many files":            {pack(t, many...), "more files"},
		"no chart":              {pack(t, packedFile{name: "shop/a", text: "x"}), "Chart.yaml"},
		"no archive":            {[]byte("hello"), "not gzip"},
		"cut off":               {pack(t, good)[:40], "whole"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := unpackChart(unpackRequest{Archive: c.archive})
			if f := wantFailure(t, err, kindChart); !strings.Contains(f.Message, c.says) {
				t.Errorf("%q does not say %q", f.Message, c.says)
			}
		})
	}
}
