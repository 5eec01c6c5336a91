//go:build unix

package main

import (
	"bufio"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// However a `lull now` of plain lines is ended, the cramp has begun in the
// journal by the time it says so.
func TestAPlainCrampThatIsCutOffKeepsItsStart(t *testing.T) {
	// What this process was told to ignore, as nohup does with a hangup, its
	// children would ignore too; what it catches they do not.
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, syscall.SIGHUP)
	t.Cleanup(func() { signal.Stop(caught) })
	for end, status := range map[syscall.Signal]int{
		syscall.SIGHUP: 0, syscall.SIGINT: 130, syscall.SIGTERM: 143, syscall.SIGQUIT: 131, syscall.SIGKILL: -1,
	} {
		t.Run(end.String(), func(t *testing.T) {
			t.Parallel()
			binary, err := exec.LookPath(clocked)
			if err != nil {
				t.Fatal(err)
			}
			home := t.TempDir()
			cut := exec.Command(binary, "now", "foot")
			cut.Env = append(os.Environ(), "LULL_HOME="+home)
			in, err := cut.StdinPipe() // nobody presses Enter
			if err != nil {
				t.Fatal(err)
			}
			defer in.Close()
			out, err := cut.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cut.Start(); err != nil {
				t.Fatal(err)
			}
			for lines := bufio.NewScanner(out); lines.Scan() && !strings.HasPrefix(lines.Text(), "Written down:"); {
			}
			if err := cut.Process.Signal(end); err != nil {
				t.Fatal(err)
			}
			_ = cut.Wait()
			if got := cut.ProcessState.ExitCode(); got != status {
				t.Errorf("exit status %d, want %d", got, status)
			}
			look := exec.Command(binary, "log", "--json")
			look.Env = cut.Env
			got, err := look.CombinedOutput()
			if err != nil || strings.Count(string(got), `"kind":"cramped","muscle":"foot"}`) != 1 {
				t.Errorf("%v: %s", err, got)
			}
		})
	}
}
