package app

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	ideasapi "ronda/city/ideas/api"
	"ronda/city/indicators/impact"
	"ronda/city/roundtable/api"
	recordpages "ronda/platform/record/pages"
	"ronda/platform/web"
)

// apiVersion is that of the document; the path carries its first part.
const apiVersion = "1.0.0"

// serveAPI mounts the JSON API with its OpenAPI document.
func (a *App) serveAPI(m *web.Mux) {
	cfg := huma.DefaultConfig("Ronda", apiVersion)
	cfg.Info.Description = "What is public of the city's roundtable: initiatives, their steps and timeline, citizens' ideas and the challenges they answer, and the public record."
	cfg.OpenAPIPath, cfg.SchemasPath, cfg.DocsPath = "/api/v1/openapi", "/api/v1/schemas", ""
	cfg.CreateHooks = nil // no $schema links in answers
	cfg.Servers = []*huma.Server{{URL: a.cfg.Origin}}
	mux := http.NewServeMux()
	doc := humago.New(mux, cfg)
	api.New(a.roundtable, a.charters, a.cfg.Origin).Register(doc)
	a.recordWeb.API(doc)
	for _, pattern := range recordpages.APIPaths {
		m.Handle(pattern, a.quiet(mux))
	}
	ideasapi.New(a.ideas.Module, a.charters, a.cfg.Origin).Register(doc)
	for _, pattern := range ideasapi.Paths {
		m.Handle(pattern, a.quiet(mux))
	}
	a.execution.impact.API(doc)
	for _, pattern := range impact.APIPaths {
		m.Handle(pattern, a.quiet(mux))
	}
	m.Handle("GET /api/v1/initiatives", a.quiet(mux))
	m.Handle("GET /api/v1/initiatives/{number}", a.quiet(mux))
	m.Handle("GET /api/v1/openapi.json", mux)
	m.Handle("GET /api/v1/openapi.yaml", mux)
	m.Handle("GET /api/v1/schemas/{name}", mux)
	m.Get("/api/v1/docs", a.apiDocs)
	m.Get("/api/v1", func(w http.ResponseWriter, r *http.Request) error { return web.Redirect(w, r, "/api/v1/docs", "") })
	a.doc = doc.OpenAPI()
}

// quiet lets any site read the public API; it carries nobody's session.
func (a *App) quiet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Access-Control-Allow-Origin", "*")
		next.ServeHTTP(w, r)
	})
}
