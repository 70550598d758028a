package indicators

import (
	"context"
	"time"

	"ronda/city/delivery"
	"ronda/city/indicators/impact"
	"ronda/city/indicators/index"
)

// readMeasurements makes an act of each measurement that a ministry filed.
func (g *gathering) readMeasurements(ctx context.Context) error {
	if g.m.Impact == nil {
		return nil
	}
	return g.m.Impact.EachFiled(ctx, func(x impact.Filed) error {
		i := g.of(x.Initiative)
		i.Acts = append(i.Acts, index.Act{Ministry: x.Ministry, Kind: index.Measurement, At: x.At, Ref: x.Number})
		return nil
	})
}

// readExecution lists who executes an initiative since it said yes, and who was
// asked to take part.
func (g *gathering) readExecution(ctx context.Context) error {
	if g.m.Delivery == nil {
		return nil
	}
	byNumber := make(map[string]*index.Initiative, len(g.byID))
	for _, i := range g.byID {
		byNumber[i.Number] = i
	}
	list := func(number, ministry string, from time.Time) {
		if i := byNumber[number]; i != nil && ministry != "" {
			i.Listed = append(i.Listed, index.Listed{Ministry: ministry, Span: index.Span{From: from}})
		}
	}
	err := g.m.Delivery.EachHanding(ctx, func(h delivery.PublicHanding) error {
		if h.State == delivery.HandOverAccepted {
			list(h.Number, h.To, h.AnsweredAt)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return g.m.Delivery.EachPart(ctx, func(x delivery.PublicPart) error {
		if x.State != delivery.PartOut {
			list(x.Number, x.Ministry, x.At)
		}
		return nil
	})
}
