package ideas

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"math/bits"
	"strings"
	"time"

	"ronda/city/people"
	"ronda/platform/clock"
	"ronda/platform/fault"
)

// Whoever writes without an account lets the own machine do some work first: it
// looks for a number that, behind the task we gave, makes a hash begin with
// ProofBits zeros. A person does not notice the second it takes; who would fill the
// city with drafts pays it for each one. Without it, as without JavaScript, a
// network may keep a few drafts an hour; beyond them the way is the code by mail.

// ProofBits is with how many zeros the hash of a proof begins: 131,072 tries on
// average.
const ProofBits = 17

const (
	proofLife = 12 * time.Hour // a page that was open for longer asks for another task
	bareMost  = 8              // drafts without a proof, of a network in an hour
)

// Parts of a task: the hour it was given, a number by chance, our mark.
const (
	taskHour = 8
	taskLuck = 8
	taskMark = 8
)

// Task is a new task for the machine of somebody without an account. A proof is
// the task, a colon and the number found, and is taken once.
func (m *Module) Task(ctx context.Context) string {
	b := binary.BigEndian.AppendUint64(nil, uint64(hourOf(clock.Now(ctx))))
	luck := make([]byte, taskLuck)
	_, _ = rand.Read(luck) // never fails: crypto/rand stops the program instead
	b = append(b, luck...)
	return base64.RawURLEncoding.EncodeToString(append(b, m.marked(b)...))
}

// marked is our mark on a task: nobody else makes one.
func (m *Module) marked(task []byte) []byte {
	h := hmac.New(sha256.New, m.pepper)
	h.Write([]byte("ideas:task:"))
	h.Write(task)
	return h.Sum(nil)[:taskMark]
}

// proven says whether a proof solves a task of ours that is not too old; hour is
// when the task was given.
func (m *Module) proven(ctx context.Context, proof string) (hour int64, ok bool) {
	task, _, cut := strings.Cut(proof, ":")
	b, err := base64.RawURLEncoding.DecodeString(task)
	if !cut || err != nil || len(b) != taskHour+taskLuck+taskMark || !hmac.Equal(m.marked(b[:taskHour+taskLuck]), b[taskHour+taskLuck:]) {
		return 0, false
	}
	hour = int64(binary.BigEndian.Uint64(b))
	age := time.Duration(hourOf(clock.Now(ctx))-hour) * time.Hour
	sum := sha256.Sum256([]byte(proof))
	return hour, age >= 0 && age <= proofLife && bits.LeadingZeros32(binary.BigEndian.Uint32(sum[:])) >= ProofBits
}

// spendProof takes the proof of a visitor in the running transaction, or one of the
// few drafts that the network may keep without.
func (m *Module) spendProof(ctx context.Context) error {
	v := visitor(ctx)
	if v.Network == "" || people.Me(ctx).SignedIn() {
		return nil
	}
	if hour, ok := m.proven(ctx, v.Proof); ok {
		task, _, _ := strings.Cut(v.Proof, ":")
		n, err := m.counted(ctx, "proof:"+task, hour)
		if err != nil || n == 1 {
			return err
		}
	}
	n, err := m.counted(ctx, "bare:n:"+m.hashed(v.Network), hourOf(clock.Now(ctx)))
	if err == nil && n > bareMost {
		err = fault.New(fault.TooMany, "ideas.fault.proof")
	}
	return err
}
