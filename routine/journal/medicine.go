package journal

import "lull/routine/say"

// Medicine is a medicine that somebody takes, in the person's own words, from a
// day on. Without To it is still taken. lull knows nothing of it but its name
// and its days.
type Medicine struct {
	Name string `json:"name"`
	From Date   `json:"from"`
	To   *Date  `json:"to,omitempty"`
}

// Kind says what sort of fact it is.
func (Medicine) Kind() Kind { return KindMedicine }

// Validate wants a name, and days that run forwards.
func (m Medicine) Validate() error {
	if m.To != nil && *m.To < m.From {
		return say.Error("it ends on %v, before it starts on %v", *m.To, m.From)
	}
	return name("name", m.Name)
}

// words say a medicine with its days.
func (m Medicine) words() string {
	if m.To == nil {
		return say.Text("the medicine %s, since %v", m.Name, m.From)
	}
	return say.Text("the medicine %s, %v to %v", m.Name, m.From, *m.To)
}
