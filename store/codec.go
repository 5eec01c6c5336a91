package store

import (
	"encoding/binary"
	"hash/crc32"
	"slices"

	"lull/routine/journal"
	"lull/routine/say"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

const sealSize = 4

func checksum(key, body []byte) uint32 {
	return crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, body)
}

// seal puts the checksum of key and body before the body.
func seal(key, body []byte) []byte {
	value := make([]byte, sealSize, sealSize+len(body))
	binary.BigEndian.PutUint32(value, checksum(key, body))
	return append(value, body...)
}

// unseal returns the body of a value and whether its checksum is right. The
// body is never nil then, and shares the value's memory.
func unseal(key, value []byte) (body []byte, ok bool) {
	if len(value) < sealSize {
		return nil, false
	}
	body = value[sealSize:]
	return body, binary.BigEndian.Uint32(value) == checksum(key, body)
}

// outcomeCodes are the outcomes by the number that stands for them in a night.
// The order is part of the file format.
var outcomeCodes = []journal.Outcome{journal.None, journal.Abandoned, journal.Partial, journal.Complete}

// A night is 38 bytes, big-endian, and the name of its routine:
//
//	outcome (1) quiet (1) held (4) planned (4) sessions (4) cramps (4)
//	marks (4) water (4) water ml (4) bedtime (4) east (2) west (2)
const nightSize = 38

// encodeNight writes a night without its date, which is its key.
func encodeNight(n journal.Night) []byte {
	b := make([]byte, 0, nightSize+len(n.Routine))
	b = append(b, byte(max(slices.Index(outcomeCodes, n.Outcome), 0)), bit(n.Quiet))
	for _, v := range [...]int{n.HeldS, n.PlannedS, n.Sessions, n.Cramps, n.Marks, n.Water, n.WaterML, n.Bedtime} {
		b = binary.BigEndian.AppendUint32(b, uint32(v))
	}
	b = binary.BigEndian.AppendUint16(b, uint16(n.East))
	b = binary.BigEndian.AppendUint16(b, uint16(n.West))
	return append(b, n.Routine...)
}

func bit(set bool) byte {
	if set {
		return 1
	}
	return 0
}

// nightReader decodes nights and keeps one copy of each routine's name.
type nightReader struct {
	routines map[string]string
	last     string // nights in a row mostly have the same routine
}

var errNight error = say.Fault("a night is too short or has an outcome nobody knows")

// decode fills in a zero night.
func (r *nightReader) decode(d journal.Date, b []byte, n *journal.Night) error {
	if len(b) < nightSize || int(b[0]) >= len(outcomeCodes) {
		return errNight
	}
	number := func(i int) int { return int(int32(binary.BigEndian.Uint32(b[2+4*i:]))) }
	offset := func(i int) int { return int(int16(binary.BigEndian.Uint16(b[34+2*i:]))) }
	n.Date, n.Outcome, n.Quiet = d, outcomeCodes[b[0]], b[1] == 1
	n.HeldS, n.PlannedS, n.Sessions, n.Cramps = number(0), number(1), number(2), number(3)
	n.Marks, n.Water, n.WaterML, n.Bedtime = number(4), number(5), number(6), number(7)
	n.East, n.West = offset(0), offset(1)
	n.Routine = r.routine(b[nightSize:])
	return nil
}

// readNight reads the value of a night, where there is none an empty one, or says
// that it cannot be read.
func readNight(d journal.Date, value []byte) (n journal.Night, whole bool) {
	if value == nil {
		return journal.Sum(d, nil), true
	}
	body, whole := unseal(dateKey(d), value)
	if !whole {
		return n, false
	}
	return n, new(nightReader).decode(d, body, &n) == nil
}

func (r *nightReader) routine(b []byte) string {
	if string(b) == r.last {
		return r.last
	}
	name, known := r.routines[string(b)]
	if !known {
		if r.routines == nil {
			r.routines = map[string]string{}
		}
		name = string(b)
		r.routines[name] = name
	}
	r.last = name
	return name
}
