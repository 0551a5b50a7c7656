// Checks notes, proofs and tiles of Awas with the Go team's own transparency log packages, and makes some for Awas
// to check. Reads one JSON object, writes one; any disagreement is an error and a non-zero exit.
package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type inclusion struct {
	Index, Size int64
	Path        [][]byte
}

type consistency struct {
	Old, New int64
	Path     [][]byte
}

type question struct {
	VerifierKey string
	Note        string
	Entries     [][]byte
	Inclusion   []inclusion
	Consistency []consistency
	TileSizes   [2]int64
	TilePaths   []string // of the full tiles that complete between the two sizes, in order
}

type answer struct {
	VerifierKey string
	Note        string
	Inclusion   []inclusion
	Consistency []consistency
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func hashes(path [][]byte) []tlog.Hash {
	list := make([]tlog.Hash, len(path))
	for i, one := range path {
		if len(one) != len(list[i]) {
			must(fmt.Errorf("a hash of %d bytes", len(one)))
		}
		copy(list[i][:], one)
	}
	return list
}

func bytes(list []tlog.Hash) [][]byte {
	path := make([][]byte, len(list))
	for i := range list {
		path[i] = append([]byte(nil), list[i][:]...)
	}
	return path
}

// zeros makes the Go package's random key the same in every run.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 0
	}
	return len(p), nil
}

func main() {
	var asked question
	must(json.NewDecoder(os.Stdin).Decode(&asked))

	// The tree, grown by the Go package from the same entries.
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		list := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			list[i] = stored[index]
		}
		return list, nil
	})
	roots := []tlog.Hash{sha256.Sum256(nil)}
	for n, entry := range asked.Entries {
		more, err := tlog.StoredHashes(int64(n), entry, reader)
		must(err)
		stored = append(stored, more...)
		root, err := tlog.TreeHash(int64(n)+1, reader)
		must(err)
		roots = append(roots, root)
	}

	verifier, err := note.NewVerifier(asked.VerifierKey)
	must(err)
	opened, err := note.Open([]byte(asked.Note), note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.Atoi(lines[1])
	must(err)
	if lines[0] != verifier.Name() || lines[2] != base64.StdEncoding.EncodeToString(roots[size][:]) {
		must(fmt.Errorf("the checkpoint says %q", opened.Text))
	}

	var told answer
	for _, one := range asked.Inclusion {
		leaf := tlog.RecordHash(asked.Entries[one.Index])
		must(tlog.CheckRecord(hashes(one.Path), one.Size, roots[one.Size], one.Index, leaf))
		path, err := tlog.ProveRecord(one.Size, one.Index, reader)
		must(err)
		told.Inclusion = append(told.Inclusion, inclusion{one.Index, one.Size, bytes(path)})
	}
	for _, one := range asked.Consistency {
		must(tlog.CheckTree(hashes(one.Path), one.New, roots[one.New], one.Old, roots[one.Old]))
		path, err := tlog.ProveTree(one.New, one.Old, reader)
		must(err)
		told.Consistency = append(told.Consistency, consistency{one.Old, one.New, bytes(path)})
	}

	full := []string{}
	for _, tile := range tlog.NewTiles(8, asked.TileSizes[0], asked.TileSizes[1]) {
		if tile.W == 256 {
			// The Go package names the height, which C2SP fixes at 8.
			full = append(full, strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
		}
	}
	if strings.Join(full, " ") != strings.Join(asked.TilePaths, " ") {
		must(fmt.Errorf("tiles %v, not %v", full, asked.TilePaths))
	}

	private, public, err := note.GenerateKey(zeros{}, verifier.Name())
	must(err)
	signer, err := note.NewSigner(private)
	must(err)
	signed, err := note.Sign(&note.Note{Text: opened.Text}, signer)
	must(err)
	told.VerifierKey, told.Note = public, string(signed)
	must(json.NewEncoder(os.Stdout).Encode(told))
}
