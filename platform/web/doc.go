// Package web serves pages: routes whose handlers return errors, the
// middleware every request passes (request id, log, metrics, language,
// security headers, cross-site refusal, compression), sessions, forms with
// bounded size, and the frame around a page, which the composition supplies.
//
// A handler decodes, calls a use case and renders; it holds no rule. What it
// returns as a fault becomes a page: Invalid 422, NotFound 404, Forbidden 403,
// Conflict 409, TooMany 429, Unavailable 503, anything else 500 with its request id.
package web
