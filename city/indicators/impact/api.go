package impact

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"ronda/platform/fault"
	"ronda/platform/i18n"
	"ronda/platform/web"
)

// APIPaths are the patterns under which the operations of API are served.
var APIPaths = []string{"POST /api/v1/measurements"}

// bodyMax is more than any reading takes, in bytes.
const bodyMax = 32 << 10

// API adds the operation by which other systems report.
func (m *Module) API(api huma.API) {
	if api.OpenAPI().Components.SecuritySchemes == nil {
		api.OpenAPI().Components.SecuritySchemes = map[string]*huma.SecurityScheme{}
	}
	api.OpenAPI().Components.SecuritySchemes["integration"] = &huma.SecurityScheme{Type: "http", Scheme: "bearer",
		Description: "A key that the city's office of planning makes at /integraciones, for some initiatives and indicators and until a day."}
	huma.Register(api, huma.Operation{OperationID: "report-measurement", Method: http.MethodPost, Path: "/api/v1/measurements", Tags: []string{"indicators"},
		DefaultStatus: http.StatusCreated, MaxBodyBytes: bodyMax, Security: []map[string][]string{{"integration": {}}},
		Summary: "Report the value of an indicator in a period",
		Description: "The value of a period is reported once; the same value again changes nothing. Another value corrects it while the period is open, with a reason: " +
			"the version before stays and is shown. At most 120 reports a minute for each key.",
		Errors: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity, http.StatusTooManyRequests},
		Middlewares: huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
			r, _ := humago.Unwrap(ctx)
			next(huma.WithValue(ctx, networkKey{}, web.Network(r)))
		}}}, m.report)
}

// networkKey is where a request comes from, in its context.
type networkKey struct{}

type reportInput struct {
	Authorization string `header:"Authorization" doc:"Bearer, and the key"`
	Body          struct {
		Initiative string `json:"initiative,omitempty" maxLength:"40" example:"INI-2026-0042" doc:"checked against the indicator when given"`
		Indicator  string `json:"indicator" maxLength:"40" example:"IND-2026-0003"`
		Period     string `json:"period" maxLength:"10" example:"2026-Q1" doc:"a month 2026-03, a quarter 2026-Q1, a half 2026-S1 or a year 2026, as the indicator is measured; it has to be over"`
		Value      string `json:"value" maxLength:"40" example:"1234.5" doc:"a decimal number as text, with a point and at most the indicator's decimals"`
		Territory  string `json:"territory,omitempty" maxLength:"80" doc:"code; none: the whole city"`
		Group      string `json:"group,omitempty" maxLength:"80" doc:"code; none: everybody"`
		Source     string `json:"source,omitempty" maxLength:"240"`
		Evidence   string `json:"evidence,omitempty" maxLength:"2000" doc:"address where it can be seen"`
		Note       string `json:"note,omitempty" maxLength:"2000"`
		Reason     string `json:"reason,omitempty" maxLength:"2000" doc:"of a correction: why the value before was wrong"`
	}
}

// Reported is what stands after a report.
type Reported struct {
	Indicator string    `json:"indicator"`
	Period    string    `json:"period"`
	Territory string    `json:"territory,omitempty"`
	Group     string    `json:"group,omitempty"`
	Value     string    `json:"value" doc:"with all decimals of the indicator"`
	Version   int64     `json:"version" doc:"1, and one more with each correction"`
	Late      bool      `json:"late" doc:"after the days of grace"`
	At        time.Time `json:"at"`
}

type reportOutput struct{ Body Reported }

func (m *Module) report(ctx context.Context, in *reportInput) (*reportOutput, error) {
	secret, ok := strings.CutPrefix(in.Authorization, "Bearer ")
	if !ok {
		secret = ""
	}
	network, _ := ctx.Value(networkKey{}).(string)
	b := in.Body
	x, err := m.ReportWith(ctx, secret, network, Reading{Initiative: b.Initiative, Indicator: b.Indicator, Period: b.Period, Value: b.Value,
		Territory: b.Territory, Group: b.Group, Source: b.Source, Evidence: b.Evidence, Note: b.Note, Reason: b.Reason})
	if err != nil {
		return nil, answer(ctx, err)
	}
	i, err := m.byNumber(ctx, b.Indicator)
	if err != nil {
		return nil, answer(ctx, err)
	}
	return &reportOutput{Reported{Indicator: i.Number, Period: x.Period, Territory: x.Territory, Group: x.Group, Value: x.Value().Text(i.Decimals),
		Version: x.Version, Late: x.Late, At: x.At}}, nil
}

// answer says an error with the status of its kind. The key stands in none.
func answer(ctx context.Context, err error) error {
	if errors.Is(err, ErrKey) {
		return huma.ErrorWithHeaders(huma.Error401Unauthorized("this key does not open; it may have expired or been ended"), http.Header{"Www-Authenticate": {"Bearer"}})
	}
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.Internal {
		slog.ErrorContext(ctx, "report of a measurement failed", "error", err)
		return huma.Error500InternalServerError("something broke on our side")
	}
	said := i18n.T(ctx, f.Key, f.Args...)
	var details []error
	for _, field := range f.Fields {
		details = append(details, &huma.ErrorDetail{Location: "body." + field.Name, Message: i18n.T(ctx, field.Key, field.Args...)})
	}
	return huma.NewError(web.Status(err), said, details...)
}
