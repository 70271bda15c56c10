package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"time"

	"filippo.io/age"
	"filippo.io/age/armor"
	"go.yaml.in/yaml/v3"
)

// sopsKey is the field that holds what SOPS knows of a file.
const sopsKey = "sops"

// maxSopsNodes bounds what aliases can make of a small file.
const maxSopsNodes = 200_000

// onlyEncryptedStart begins the MAC of files whose MAC covers encrypted values alone: SHA-256 of "sops".
var onlyEncryptedStart = []byte{
	0x8a, 0x3f, 0xd2, 0xad, 0x54, 0xce, 0x66, 0x52, 0x7b, 0x10, 0x34, 0xf3, 0xd1, 0x47, 0xbe, 0x0b,
	0x0b, 0x97, 0x5b, 0x3b, 0xf4, 0x4f, 0x72, 0xc6, 0xfd, 0xad, 0xec, 0x81, 0x76, 0xf2, 0x7d, 0x69,
}

// sealed is how SOPS writes one value.
var sealed = regexp.MustCompile(`^ENC\[AES256_GCM,data:(.+),iv:(.+),tag:(.+),type:(.+)\]`)

// sopsMetadata is the part of it that decryption with age needs. Keys of other services stay where they
// are: a file may be encrypted for several.
type sopsMetadata struct {
	Age                     []sopsAgeKey `yaml:"age"`
	KeyGroups               []yaml.Node  `yaml:"key_groups"`
	LastModified            string       `yaml:"lastmodified"`
	MAC                     string       `yaml:"mac"`
	UnencryptedSuffix       string       `yaml:"unencrypted_suffix"`
	EncryptedSuffix         string       `yaml:"encrypted_suffix"`
	UnencryptedRegex        string       `yaml:"unencrypted_regex"`
	EncryptedRegex          string       `yaml:"encrypted_regex"`
	UnencryptedCommentRegex string       `yaml:"unencrypted_comment_regex"`
	EncryptedCommentRegex   string       `yaml:"encrypted_comment_regex"`
	MACOnlyEncrypted        bool         `yaml:"mac_only_encrypted"`
}

type sopsAgeKey struct {
	Recipient string `yaml:"recipient"`
	Enc       string `yaml:"enc"`
}

type decryptRequest struct {
	Name    string `json:"name"`
	Text    string `json:"text"`
	AgeKeys string `json:"ageKeys"`
}

func decryptFile(r decryptRequest, told *secrets) (any, error) {
	documents, err := decrypt(r.Name, r.Text, r.AgeKeys, told)
	if err != nil {
		return nil, err
	}
	return map[string]any{"documents": documents}, nil
}

// decrypt opens a YAML or JSON file that SOPS encrypted for age, and checks its MAC. No error tells
// anything of what is in the file.
func decrypt(name, text, ageKeys string, told *secrets) ([]map[string]any, error) {
	documents, err := sopsDocuments(text)
	if err != nil {
		return nil, yamlFailure(kindSecret, name, err)
	}
	opened, err := openSops(documents, ageKeys, told)
	if err != nil {
		return nil, fail(kindSecret, "%v", err).in(name)
	}
	return opened, nil
}

func sopsDocuments(text string) ([]*yaml.Node, error) {
	decoder := yaml.NewDecoder(strings.NewReader(text))
	var documents []*yaml.Node
	for {
		var document yaml.Node
		if err := decoder.Decode(&document); err == io.EOF {
			return documents, nil
		} else if err != nil {
			return nil, err
		}
		for _, root := range document.Content {
			if root.Kind != yaml.MappingNode {
				return nil, fmt.Errorf("yaml: line %d: an encrypted file is a map", root.Line)
			}
			documents = append(documents, root)
		}
	}
}

func openSops(documents []*yaml.Node, ageKeys string, told *secrets) ([]map[string]any, error) {
	metadata, err := metadataOf(documents)
	if err != nil {
		return nil, err
	}
	key, err := metadata.dataKey(ageKeys)
	if err != nil {
		return nil, err
	}
	walk, err := newSopsWalk(metadata, key, told)
	if err != nil {
		return nil, err
	}
	opened := []map[string]any{}
	for _, document := range documents {
		values, err := walk.mapping(document, nil)
		if err != nil {
			return nil, err
		}
		opened = append(opened, values)
	}
	return opened, walk.checkMAC()
}

// metadataOf takes it out of the first document; the field is no value of any.
func metadataOf(documents []*yaml.Node) (*sopsMetadata, error) {
	var found *yaml.Node
	for n, document := range documents {
		kept := document.Content[:0:0]
		for i := 0; i+1 < len(document.Content); i += 2 {
			if document.Content[i].Value != sopsKey {
				kept = append(kept, document.Content[i], document.Content[i+1])
			} else if n == 0 {
				found = document.Content[i+1]
			}
		}
		document.Content = kept
	}
	if found == nil {
		return nil, errors.New("the file is not encrypted with SOPS: it has no field \"sops\"")
	}
	metadata := &sopsMetadata{}
	if err := found.Decode(metadata); err != nil {
		return nil, errors.New("the field \"sops\" is not what SOPS writes")
	}
	return metadata, metadata.check()
}

func (m *sopsMetadata) check() error {
	if len(m.KeyGroups) > 0 {
		return errors.New("key groups of SOPS are not supported: encrypt for age alone")
	}
	if m.UnencryptedCommentRegex != "" || m.EncryptedCommentRegex != "" {
		return errors.New("encrypted_comment_regex and unencrypted_comment_regex of SOPS are not supported")
	}
	rules := 0
	for _, rule := range []string{m.UnencryptedSuffix, m.EncryptedSuffix, m.UnencryptedRegex, m.EncryptedRegex} {
		if rule != "" {
			rules++
		}
	}
	if rules > 1 {
		return errors.New("the field \"sops\" has more than one rule of what is encrypted")
	}
	if rules == 0 {
		m.UnencryptedSuffix = "_unencrypted"
	}
	return nil
}

func (m *sopsMetadata) dataKey(ageKeys string) ([]byte, error) {
	if len(m.Age) == 0 {
		return nil, errors.New("the file is not encrypted for age, and nothing else is supported")
	}
	if strings.TrimSpace(ageKeys) == "" {
		return nil, errors.New("the file is encrypted, and no age key file is configured")
	}
	identities, err := age.ParseIdentities(strings.NewReader(ageKeys))
	if err != nil {
		return nil, errors.New("the configured age key file cannot be read as age identities")
	}
	var recipients []string
	for _, wrapped := range m.Age {
		reader, err := age.Decrypt(armor.NewReader(strings.NewReader(wrapped.Enc)), identities...)
		if err != nil {
			recipients = append(recipients, wrapped.Recipient)
			continue
		}
		key, err := io.ReadAll(io.LimitReader(reader, 1<<10))
		if err == nil {
			return key, nil
		}
		recipients = append(recipients, wrapped.Recipient)
	}
	return nil, fmt.Errorf("none of the configured age keys opens the file; it is encrypted for %s", cut(strings.Join(recipients, ", ")))
}

// sopsWalk opens values in the order in which SOPS hashes them.
type sopsWalk struct {
	metadata  *sopsMetadata
	block     cipher.Block
	clear     *regexp.Regexp
	encrypted *regexp.Regexp
	mac       interface{ Write([]byte) (int, error) }
	sum       func() string
	nodes     int
	told      *secrets
}

func newSopsWalk(metadata *sopsMetadata, key []byte, told *secrets) (*sopsWalk, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, errors.New("the data key has a wrong length")
	}
	hash := sha512.New()
	if metadata.MACOnlyEncrypted {
		hash.Write(onlyEncryptedStart)
	}
	walk := &sopsWalk{metadata: metadata, block: block, mac: hash, told: told}
	walk.sum = func() string { return fmt.Sprintf("%X", hash.Sum(nil)) }
	if walk.clear, err = regexp.Compile(metadata.UnencryptedRegex); err != nil {
		return nil, errors.New("unencrypted_regex is no regular expression")
	}
	if walk.encrypted, err = regexp.Compile(metadata.EncryptedRegex); err != nil {
		return nil, errors.New("encrypted_regex is no regular expression")
	}
	return walk, nil
}

// secret says whether a value at that path is encrypted: one name on the way decides.
func (w *sopsWalk) secret(path []string) bool {
	suffix := func(suffix string) bool {
		return anyOf(path, func(p string) bool { return strings.HasSuffix(p, suffix) })
	}
	switch {
	case w.metadata.UnencryptedSuffix != "":
		return !suffix(w.metadata.UnencryptedSuffix)
	case w.metadata.EncryptedSuffix != "":
		return suffix(w.metadata.EncryptedSuffix)
	case w.metadata.UnencryptedRegex != "":
		return !anyOf(path, w.clear.MatchString)
	default:
		return anyOf(path, w.encrypted.MatchString)
	}
}

func anyOf(path []string, holds func(string) bool) bool {
	for _, name := range path {
		if holds(name) {
			return true
		}
	}
	return false
}

func (w *sopsWalk) mapping(node *yaml.Node, path []string) (map[string]any, error) {
	values := map[string]any{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key := node.Content[i]
		if key.Kind != yaml.ScalarNode || key.ShortTag() != "!!str" && key.ShortTag() != "!!merge" {
			return nil, fmt.Errorf("line %d: keys of an encrypted file are text", key.Line)
		}
		value, _, err := w.value(node.Content[i+1], append(path[:len(path):len(path)], key.Value))
		if err != nil {
			return nil, err
		}
		values[key.Value] = value
	}
	return values, nil
}

// value opens what is below a node. An item of a list may turn out to be a comment, which is no value.
func (w *sopsWalk) value(node *yaml.Node, path []string) (value any, comment bool, err error) {
	if w.nodes++; w.nodes > maxSopsNodes {
		return nil, false, fmt.Errorf("the file has more than %d values", maxSopsNodes)
	}
	switch node.Kind {
	case yaml.AliasNode:
		return w.value(node.Alias, path)
	case yaml.MappingNode:
		value, err = w.mapping(node, path)
		return value, false, err
	case yaml.SequenceNode:
		items := []any{}
		for _, item := range node.Content {
			value, comment, err := w.value(item, path)
			if err != nil {
				return nil, false, err
			}
			if !comment {
				items = append(items, value)
			}
		}
		return items, false, nil
	default:
		return w.leaf(node, path)
	}
}

func (w *sopsWalk) leaf(node *yaml.Node, path []string) (value any, comment bool, err error) {
	if err := node.Decode(&value); err != nil {
		return nil, false, fmt.Errorf("line %d: not a value", node.Line)
	}
	if value == nil {
		return nil, false, nil
	}
	encrypted := w.secret(path)
	if encrypted {
		text, isText := value.(string)
		if !isText {
			return nil, false, fmt.Errorf("line %d: %s should be encrypted and is not", node.Line, strings.Join(path, "."))
		}
		value, comment, err = w.open(text, strings.Join(path, ":")+":")
		if err != nil {
			return nil, false, fmt.Errorf("line %d: %s %w", node.Line, strings.Join(path, "."), err)
		}
		if comment {
			return nil, true, nil
		}
		w.told.add(value)
	}
	if encrypted || !w.metadata.MACOnlyEncrypted {
		w.mac.Write(hashed(value))
	}
	return value, false, nil
}

// open is AES-GCM with the path as what is authenticated beside the value.
func (w *sopsWalk) open(text, path string) (value any, comment bool, err error) {
	if text == "" {
		return "", false, nil
	}
	parts := sealed.FindStringSubmatch(text)
	if parts == nil {
		return nil, false, errors.New("should be encrypted and is not")
	}
	var raw [3][]byte
	for i := range raw {
		if raw[i], err = base64.StdEncoding.DecodeString(parts[i+1]); err != nil || len(raw[i]) == 0 {
			return nil, false, errors.New("is not what SOPS writes")
		}
	}
	gcm, err := cipher.NewGCMWithNonceSize(w.block, len(raw[1]))
	if err != nil {
		return nil, false, errors.New("is not what SOPS writes")
	}
	plain, err := gcm.Open(nil, raw[1], append(raw[0], raw[2]...), []byte(path))
	if err != nil {
		return nil, false, errors.New("cannot be decrypted: it was changed, or moved from another field")
	}
	value, err = typed(parts[4], plain)
	return value, parts[4] == "comment", err
}

func typed(kind string, plain []byte) (value any, err error) {
	switch kind {
	case "str", "comment", "bytes":
		value = string(plain)
	case "int":
		value, err = strconv.Atoi(string(plain))
	case "float":
		value, err = strconv.ParseFloat(string(plain), 64)
	case "bool":
		value, err = strconv.ParseBool(string(plain))
	case "time":
		var at time.Time
		err = at.UnmarshalText(plain)
		value = at
	default:
		err = errors.New("has a type that SOPS does not have")
	}
	if err != nil {
		// The parsers' own messages repeat what they were given.
		return nil, errors.New("is not of the type that SOPS wrote down")
	}
	return value, nil
}

// hashed is how SOPS writes a value into its MAC.
func hashed(value any) []byte {
	switch v := value.(type) {
	case bool:
		if v {
			return []byte("True")
		}
		return []byte("False")
	case float64:
		return strconv.AppendFloat(nil, v, 'f', -1, 64)
	case time.Time:
		text, _ := v.MarshalText()
		return text
	default:
		return fmt.Append(nil, v)
	}
}

func (w *sopsWalk) checkMAC() error {
	modified, err := time.Parse(time.RFC3339, w.metadata.LastModified)
	if err != nil {
		return errors.New("sops.lastmodified is no time")
	}
	recorded, _, err := w.open(w.metadata.MAC, modified.Format(time.RFC3339))
	if err != nil {
		return fmt.Errorf("sops.mac %w", err)
	}
	text, _ := recorded.(string)
	if subtle.ConstantTimeCompare([]byte(text), []byte(w.sum())) != 1 {
		return errors.New("the MAC does not fit: values were added, removed or changed without SOPS")
	}
	return nil
}

// mergedYAML writes documents as Helm would read them after SOPS has written them.
func mergedYAML(documents []map[string]any) ([]byte, error) {
	var out bytes.Buffer
	encoder := yaml.NewEncoder(&out)
	for _, document := range documents {
		if err := encoder.Encode(document); err != nil {
			return nil, errors.New("cannot be written as YAML")
		}
	}
	return out.Bytes(), nil
}
