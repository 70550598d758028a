# Thin names over go and npm commands; the work is in scripts/ where it takes
# more than a line.
.PHONY: demo test check bench crash fuzz generate screenshots

demo: ## the Buenos Aires case, ready to walk through
	go run ./cmd/ronda demo

test: ## everything: rules, unit, both databases, browser, accessibility
	@scripts/test

check: ## the quick look before a commit
	@scripts/check

bench: ## speed and durability as a table: figure, bar, ratio
	go run ./internal/bench

crash: ## a long run of the crash test: KILLS=2000, SEED=n to have the same choices made again
	RONDA_CRASH_KILLS=$(or $(KILLS),500) RONDA_CRASH_SEED=$(SEED) go test ./internal/crash -count=1 -v -timeout 6h -run 'Killed/nothing'

fuzz: ## every fuzz test in turn, FUZZTIME=30s each
	@scripts/fuzz

generate: ## the Go code of the views
	go tool templ generate

screenshots: ## the pictures in docs/pictures
	@scripts/screenshots
