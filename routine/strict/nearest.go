package strict

import "strings"

const longestWord = 64 // runes; longer words are not looked up

// Nearest gives the one of among that word was probably meant to be: a letter or at
// most a third of its letters away, or else the first one that word is a part
// of. It is empty when nothing is near.
func Nearest(word string, among []string) string {
	w := []rune(strings.ToLower(strings.TrimSpace(word)))
	if len(w) < 2 || len(w) > longestWord {
		return ""
	}
	best, least := "", max(1, len(w)/3)+1
	for _, candidate := range among {
		if d := distance(w, []rune(strings.ToLower(candidate))); d < least {
			best, least = candidate, d
		}
	}
	if best != "" || len(w) < 3 {
		return best
	}
	for _, candidate := range among {
		if strings.Contains(strings.ToLower(candidate), string(w)) {
			return candidate
		}
	}
	return ""
}

// distance counts the letters to add, drop, change or swap with a neighbour
// that turn a into b.
func distance(a, b []rune) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j, y := range b {
			change := row[j]
			if x != y {
				change++
			}
			next[j+1] = min(change, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && x == b[j-1] && a[i-1] == y {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
