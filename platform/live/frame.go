package live

import (
	"bytes"
	"strconv"
)

// nameResync is the event that tells a page to read its state again.
const nameResync = "resync"

// frame is an event as it goes over the wire, made once for all followers:
// "id: TOPIC:SEQ\n", then the rest from head on, which is the same for those who
// follow other topics too and have a longer id.
type frame struct {
	seq  int64
	text []byte
	head int
	ends bool
}

func frameOf(topic string, c Change) frame {
	var b bytes.Buffer
	b.Grow(len(topic) + len(c.Name) + len(c.Data) + 48)
	b.WriteString("id: " + topic + ":" + strconv.FormatInt(c.Seq, 10) + "\n")
	head := b.Len()
	b.WriteString("event: " + c.Name + "\n")
	for line := range bytes.Lines(c.Data) {
		b.WriteString("data: ")
		b.Write(bytes.TrimRight(line, "\r\n"))
		b.WriteByte('\n')
	}
	if len(c.Data) == 0 {
		b.WriteString("data:\n") // a browser drops an event without data
	}
	b.WriteByte('\n')
	return frame{c.Seq, b.Bytes(), head, c.Ends}
}

// resyncFrame tells a follower to read a topic's state, which is that of seq at
// least.
func resyncFrame(topic string, seq int64) frame {
	return frameOf(topic, Change{Seq: seq, Name: nameResync, Data: []byte(topic + ":" + strconv.FormatInt(seq, 10))})
}
