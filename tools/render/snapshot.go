package main

import (
	"fmt"
	"io/fs"
	"path"
	"time"
)

// fileQuestion is what a template wants to know of the snapshot; the path is as the template wrote it,
// relative to the folder of the rendered file. The parent confines it.
type fileQuestion struct {
	// Op is read, stat or list.
	Op   string `json:"op"`
	Path string `json:"path"`
}

type fileCall struct {
	ID   uint64       `json:"id"`
	File fileQuestion `json:"file"`
}

// fileAnswer has what was asked for, a refusal that is the template's fault, or an error that is not.
type fileAnswer struct {
	ID      uint64      `json:"id"`
	Kind    string      `json:"kind"` // of stat and read: file, dir or none
	Content []byte      `json:"content"`
	Entries []fileEntry `json:"entries"`
	Refused string      `json:"refused"`
	Error   string      `json:"error"`
}

// fileEntry is what readDirEntries gives: the part of Go's fs.DirEntry that a snapshot knows.
type fileEntry struct {
	Called string `json:"name"`
	Dir    bool   `json:"dir"`
}

func (e fileEntry) Name() string               { return e.Called }
func (e fileEntry) IsDir() bool                { return e.Dir }
func (e fileEntry) Info() (fs.FileInfo, error) { return entry{e.Called, e.Dir}, nil }
func (e fileEntry) String() string             { return fs.FormatDirEntry(e) }
func (e fileEntry) Type() fs.FileMode          { return entry{e.Called, e.Dir}.Mode() }

var _ fs.DirEntry = fileEntry{}

// entry is the little that ignore rules and templates ask of a file.
type entry struct {
	name string
	dir  bool
}

func (e entry) Name() string       { return path.Base(e.name) }
func (e entry) Size() int64        { return 0 }
func (e entry) ModTime() time.Time { return time.Time{} }
func (e entry) IsDir() bool        { return e.dir }
func (e entry) Sys() any           { return nil }
func (e entry) Mode() fs.FileMode {
	if e.dir {
		return fs.ModeDir
	}
	return 0
}

type fileAsker func(fileQuestion) (fileAnswer, error)

func noFiles(fileQuestion) (fileAnswer, error) {
	return fileAnswer{Refused: "this template sees no files"}, nil
}

func (r *templateRun) file(function, op, name string) (fileAnswer, error) {
	answer, err := r.ask(fileQuestion{Op: op, Path: name})
	if err == nil && answer.Error != "" {
		err = fmt.Errorf("%s %q: %s", function, name, answer.Error)
	}
	if err != nil {
		r.asking = err
		return answer, err
	}
	if answer.Refused != "" {
		return answer, fmt.Errorf("%s %q: %s", function, name, answer.Refused)
	}
	return answer, nil
}

func (r *templateRun) readFile(name string) (string, error) {
	answer, err := r.file("readFile", "read", name)
	if err == nil && answer.Kind != "file" {
		err = fmt.Errorf("readFile %q: no such file in the snapshot", name)
	}
	return string(answer.Content), err
}

func (r *templateRun) isFile(name string) (bool, error) {
	answer, err := r.file("isFile", "stat", name)
	return answer.Kind == "file", err
}

func (r *templateRun) isDir(name string) (bool, error) {
	answer, err := r.file("isDir", "stat", name)
	return answer.Kind == "dir", err
}

// readDir returns the files directly in a folder, with the folder's path as it was given.
func (r *templateRun) readDir(name string) ([]string, error) {
	entries, err := r.entries("readDir", name)
	var paths []string
	for _, entry := range entries {
		if !entry.Dir {
			paths = append(paths, path.Join(name, entry.Called))
		}
	}
	return paths, err
}

func (r *templateRun) readDirEntries(name string) ([]fs.DirEntry, error) {
	entries, err := r.entries("readDirEntries", name)
	found := make([]fs.DirEntry, len(entries))
	for i, entry := range entries {
		found[i] = entry
	}
	return found, err
}

func (r *templateRun) entries(function, name string) ([]fileEntry, error) {
	answer, err := r.file(function, "list", name)
	if err == nil && answer.Kind != "dir" {
		err = fmt.Errorf("%s %q: no such folder in the snapshot", function, name)
	}
	return answer.Entries, err
}
