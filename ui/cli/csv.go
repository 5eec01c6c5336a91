package cli

import (
	"cmp"
	"context"
	"encoding/csv"
	"io"
	"math"
	"slices"

	"lull/routine/exchange"
	"lull/routine/journal"
)

// writeTable writes a row for each fact that stands, by night and time. All of
// them are read in one go, so that the table shows one moment of the journal.
func (e *exporter) writeTable(ctx context.Context, w io.Writer) error {
	facts, err := e.log.Live(ctx, math.MinInt32, math.MaxInt32)
	if err != nil {
		return err
	}
	facts = slices.DeleteFunc(facts, namesBatch)
	slices.SortStableFunc(facts, func(a, b journal.Entry) int {
		return cmp.Or(cmp.Compare(a.Night, b.Night), a.At.Compare(b.At), a.ID.Compare(b.ID))
	})
	rows := csv.NewWriter(w)
	rows.UseCRLF = true
	if err := rows.Write(exchange.Header()); err != nil {
		return err
	}
	for _, fact := range facts {
		if err := e.row(rows, fact); err != nil {
			return err
		}
	}
	rows.Flush()
	if err := rows.Error(); err != nil {
		return err
	}
	all, err := e.count(ctx)
	e.edits = all - len(facts)
	return err
}

// namesBatch reports whether the entry only says which others an import wrote.
// A table has no row for it.
func namesBatch(e journal.Entry) bool { return e.Fact.Kind() == journal.KindImported }

// count is how many entries the journal holds that could be rows.
func (e *exporter) count(ctx context.Context) (int, error) {
	n := 0
	var after journal.ID
	for {
		page, err := e.log.Page(ctx, after, batch)
		if err != nil || len(page) == 0 {
			return n, err
		}
		after = page[len(page)-1].ID
		n += len(slices.DeleteFunc(page, namesBatch))
	}
}

func (e *exporter) row(rows *csv.Writer, fact journal.Entry) error {
	if e.private(fact) {
		e.left++
		return nil
	}
	cells, err := exchange.Row(fact)
	if err != nil {
		return err
	}
	e.written++
	return rows.Write(cells)
}
