package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
)

// maxFrame bounds one message in either direction: a chart's files travel in it as base64.
const maxFrame = 64 << 20

// frames reads and writes messages: four bytes of length, big-endian, then that many bytes of JSON.
type frames struct {
	in  *bufio.Reader
	out *bufio.Writer
}

func newFrames(in io.Reader, out io.Writer) *frames {
	return &frames{in: bufio.NewReaderSize(in, 64<<10), out: bufio.NewWriterSize(out, 64<<10)}
}

// read returns io.EOF where the other side has closed between two messages.
func (f *frames) read() ([]byte, error) {
	var head [4]byte
	if _, err := io.ReadFull(f.in, head[:]); err != nil {
		return nil, err
	}
	length := binary.BigEndian.Uint32(head[:])
	if length == 0 || length > maxFrame {
		return nil, fmt.Errorf("frame of %d bytes; 1 to %d are allowed", length, maxFrame)
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(f.in, body); err != nil {
		return nil, fmt.Errorf("frame broken off: %w", err)
	}
	return body, nil
}

// errTooLarge says that an answer does not fit; nothing of it was written.
type errTooLarge struct{ bytes int }

func (e errTooLarge) Error() string {
	return fmt.Sprintf("the answer has %d bytes; %d are allowed", e.bytes, maxFrame)
}

func (f *frames) write(message any) error {
	body, err := json.Marshal(message)
	if err != nil {
		return err
	}
	if len(body) > maxFrame {
		return errTooLarge{len(body)}
	}
	var head [4]byte
	binary.BigEndian.PutUint32(head[:], uint32(len(body)))
	if _, err := f.out.Write(head[:]); err != nil {
		return err
	}
	if _, err := f.out.Write(body); err != nil {
		return err
	}
	return f.out.Flush()
}
