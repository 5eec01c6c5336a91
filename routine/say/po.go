package say

import (
	"fmt"
	"strconv"
	"strings"
)

// catalogue is what the entries of a .po file say: the translation, or one for
// each plural form, by the entry's name.
type catalogue map[string][]string

// entryName joins the context and the key of an entry, as gettext does.
func entryName(where, key string) string {
	if where == "" {
		return key
	}
	return where + contextEnd + key
}

const contextEnd = "\x04"

// add takes in the text of a .po file: msgctxt, msgid, msgid_plural, msgstr and
// msgstr[N], each a quoted string that later lines may continue. Comments are
// for people. It reads no more of the format than that, at a speed that a start
// does not notice.
func (c catalogue) add(text string) error {
	p := poReader{words: c, all: make([]string, 0, strings.Count(text, "\nmsgstr"))}
	for n := 1; text != ""; n++ {
		line := text
		if end := strings.IndexByte(text, '\n'); end >= 0 {
			line, text = text[:end], text[end+1:]
		} else {
			text = ""
		}
		if line == "" || line[0] == '#' {
			continue
		}
		if err := p.line(strings.TrimSpace(line)); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return p.finish()
}

// poReader gathers the lines of one entry after the other.
type poReader struct {
	words   catalogue
	all     []string // every msgstr there was; those of an entry lie side by side
	begin   int      // where those of this entry begin
	context string
	id      string
	into    *string // the string that a continuing line goes on with
	begun   bool    // there is a msgid
}

func (p *poReader) line(line string) error {
	if line == "" || line[0] == '#' {
		return nil
	}
	word, quoted := "", line
	if line[0] != '"' {
		word, quoted, _ = strings.Cut(line, " ")
	}
	s, err := unquote(quoted)
	if err != nil {
		return err
	}
	switch {
	case word == "":
		if p.into == nil {
			return fmt.Errorf("%s belongs to nothing", line)
		}
		*p.into += s
	case word == "msgid":
		if p.begun {
			if err := p.finish(); err != nil {
				return err
			}
		}
		p.id, p.begun, p.into = s, true, &p.id
	case strings.HasPrefix(word, "msgstr"):
		p.all = append(p.all, s)
		p.into = &p.all[len(p.all)-1]
	case word == "msgctxt":
		if err := p.finish(); err != nil {
			return err
		}
		p.context, p.into = s, &p.context
	case word == "msgid_plural":
		p.into = new(string) // known from the code
	default:
		return fmt.Errorf("%q is nothing that a .po file says", word)
	}
	return nil
}

// finish keeps the entry that was gathered.
func (p *poReader) finish() error {
	forms := p.all[p.begin:len(p.all):len(p.all)]
	if p.begun && p.id != "" {
		name, had := entryName(p.context, p.id), len(p.words)
		if len(forms) == 0 {
			return fmt.Errorf("%q has no msgstr", p.id)
		}
		if p.words[name] = forms; len(p.words) == had {
			return fmt.Errorf("%q stands twice", p.id)
		}
	}
	*p = poReader{words: p.words, all: p.all, begin: len(p.all)}
	return nil
}

// unquote reads a string as C writes it, and quickly where nothing is escaped.
func unquote(s string) (string, error) {
	if n := len(s); n >= 2 && s[0] == '"' && strings.IndexByte(s[1:], '"') == n-2 && strings.IndexByte(s, '\\') < 0 {
		return s[1 : n-1], nil
	}
	out, err := strconv.Unquote(s)
	if err != nil || s[0] != '"' {
		return "", fmt.Errorf("%s is not a string in quotes", s)
	}
	return out, nil
}
