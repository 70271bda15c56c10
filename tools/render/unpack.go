package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"path"
	"strings"
)

// Bounds of a packed chart. The largest public ones unpack to some 6 MB and 300 files.
const (
	maxUnpacked      = 32 << 20
	maxUnpackedFiles = 5_000
	maxUnpackedDepth = 32
)

type unpackRequest struct {
	Archive []byte `json:"archive"`
}

type unpackResult struct {
	Name    string            `json:"name"`
	Version string            `json:"version"`
	Files   map[string][]byte `json:"files"`
}

// unpackChart turns a packed chart into files by path below its folder. Only plain files are taken: a
// link or a path that leads out is no part of any chart that Helm has packed.
func unpackChart(r unpackRequest) (any, error) {
	files, err := unpack(r.Archive)
	if err != nil {
		return nil, fail(kindChart, "the archive: %v", err)
	}
	source := chartSource{Files: files}
	ch, err := source.parse()
	if err != nil {
		return nil, yamlFailure(kindChart, "Chart.yaml", err)
	}
	if ch.Metadata == nil || ch.Metadata.Version == "" {
		return nil, fail(kindChart, "the archive has no Chart.yaml with a version").in("Chart.yaml")
	}
	return unpackResult{Name: ch.Name(), Version: ch.Metadata.Version, Files: files}, nil
}

func unpack(archive []byte) (map[string][]byte, error) {
	zipped, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, errors.New("is not gzip")
	}
	// One byte more than allowed, so that too large is told from cut off.
	reader := tar.NewReader(io.LimitReader(zipped, maxUnpacked+maxUnpackedFiles*1024+1))
	files := map[string][]byte{}
	left, entries := int64(maxUnpacked), 0
	for {
		header, err := reader.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, errors.New("is not a whole tar archive, or is larger than allowed")
		}
		if entries++; entries > maxUnpackedFiles {
			return nil, errors.New("has more files than allowed")
		}
		switch header.Typeflag {
		case tar.TypeDir, tar.TypeXGlobalHeader:
			continue
		case tar.TypeReg:
		default:
			return nil, errors.New("has a link or a device, which no chart needs")
		}
		name, err := belowFirst(header.Name)
		if err != nil {
			return nil, err
		}
		if header.Size > left {
			return nil, errors.New("unpacks to more than allowed")
		}
		content, err := io.ReadAll(reader)
		if err != nil {
			return nil, errors.New("is cut off")
		}
		left -= int64(len(content))
		files[name] = content
	}
	if len(files) == 0 {
		return nil, errors.New("has no files")
	}
	return files, nil
}

// belowFirst is the path without the folder that has the chart's name.
func belowFirst(name string) (string, error) {
	slashed := strings.ReplaceAll(name, "\\", "/")
	if path.IsAbs(slashed) || strings.Contains(slashed, ":") || strings.ContainsRune(slashed, 0) {
		return "", errors.New("has an absolute path")
	}
	parts := strings.Split(strings.TrimPrefix(slashed, "./"), "/")
	if len(parts) < 2 || len(parts) > maxUnpackedDepth {
		return "", errors.New("has a file outside a chart's folder, or too deep")
	}
	for _, part := range parts {
		if part == ".." || part == "." || part == "" {
			return "", errors.New("has a path that leads out of the chart")
		}
	}
	return strings.Join(parts[1:], "/"), nil
}
