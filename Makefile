# Thin names over go and npm commands; the work is in scripts/ where it takes
# more than a line.
.PHONY: demo test check bench fuzz generate screenshots

demo: ## the Buenos Aires case, ready to walk through
	go run ./cmd/ronda demo

test: ## everything: rules, unit, both databases, browser, accessibility
	@scripts/test

check: ## the quick look before a commit
	@scripts/check

bench: ## speed and durability as a table: figure, bar, ratio
	go run ./internal/bench

fuzz: ## every fuzz test in turn, FUZZTIME=30s each
	@scripts/fuzz

generate: ## the Go code of the views
	go tool templ generate

screenshots: ## the pictures in docs/pictures
	@scripts/screenshots
