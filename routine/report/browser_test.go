package report_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// browser is a Chromium without a window, or the test is skipped.
func browser(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("there is no chromium here; .ci/run installs it")
	return ""
}

// browse opens an address in a browser of its own.
func browse(t *testing.T, address string, flags ...string) {
	t.Helper()
	always := []string{
		"--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--user-data-dir=" + t.TempDir(),
	}
	out, err := exec.Command(browser(t), append(append(always, flags...), address)...).CombinedOutput()
	if err != nil {
		t.Fatalf("chromium: %v\n%s", err, out)
	}
}

var sheet = regexp.MustCompile(`/Type\s*/Page\b`)

// sheets prints a page of HTML and counts the sheets of paper.
func sheets(t *testing.T, page, paper string) int {
	t.Helper()
	folder := t.TempDir()
	file, pdf := filepath.Join(folder, "report.html"), filepath.Join(folder, "report.pdf")
	page = strings.Replace(page, "</head>", "<style>@page { size: "+paper+" }</style></head>", 1)
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	browse(t, "file://"+filepath.ToSlash(file), "--no-pdf-header-footer", "--print-to-pdf="+pdf)
	printed, err := os.ReadFile(pdf)
	if err != nil {
		t.Fatal(err)
	}
	return len(sheet.FindAll(printed, -1))
}

func TestItPrintsOnOneSheetOfPaper(t *testing.T) {
	browser(t)
	for name, h := range homes {
		page := h(t).page().HTML()
		for _, paper := range []string{"A4", "Letter"} {
			t.Run(name+" on "+paper, func(t *testing.T) {
				t.Parallel()
				if n := sheets(t, page, paper); n != 1 {
					t.Errorf("it takes %d sheets", n)
				}
			})
		}
	}
	t.Run("and what is too long would be noticed", func(t *testing.T) {
		t.Parallel()
		long := strings.Replace(homes["six weeks"](t).page().HTML(), "</main>", strings.Repeat("<p>one more line</p>", 60)+"</main>", 1)
		if n := sheets(t, long, "A4"); n != 2 {
			t.Errorf("a page with sixty more lines takes %d sheets, want 2", n)
		}
	})
}

// asked is what a browser asks a server for that gives it the page.
func asked(t *testing.T, page string) []string {
	t.Helper()
	var lock sync.Mutex
	var paths []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		paths = append(paths, r.URL.Path)
		if r.URL.Path == "/" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, page)
		}
	}))
	defer server.Close()
	browse(t, server.URL+"/", "--dump-dom")
	lock.Lock()
	defer lock.Unlock()
	slices.Sort(paths)
	return paths
}

// Even with everything in it that loads something, the page loads nothing.
func TestNoRequestLeavesThePage(t *testing.T) {
	page := homes["hostile"](t).page().HTML()
	spoilt := strings.Replace(page, "</main>", `<img src="/leak.png" alt=""><script src="/leak.js"></script>`+
		`<link rel="stylesheet" href="/leak.css"><iframe src="/leak.html"></iframe><p style="background:url(/leak.gif)">x</p></main>`, 1)
	for _, given := range []string{page, spoilt} {
		if paths := asked(t, given); !slices.Equal(paths, []string{"/"}) {
			t.Errorf("it asks for %q", paths)
		}
	}
	policy := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`)
	if paths := asked(t, policy.ReplaceAllString(spoilt, "")); !slices.Contains(paths, "/leak.png") {
		t.Errorf("without its policy it asks for %q only, so the test sees nothing", paths)
	}
}

func TestAValidatorFindsNothingWrong(t *testing.T) {
	validator, err := exec.LookPath("html-validate")
	if err != nil {
		t.Skip("there is no html-validate here; npm install -g html-validate brings it")
	}
	folder := t.TempDir()
	files := []string{}
	for name, h := range homes {
		file := filepath.Join(folder, strings.ReplaceAll(name, " ", "-")+".html")
		if err := os.WriteFile(file, []byte(h(t).page().HTML()), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	if out, err := exec.Command(validator, files...).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
