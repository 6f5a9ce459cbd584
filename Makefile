# Two commands matter: `make demo` opens the demo sitting, `make test` checks everything.
PYTHON ?= python3
BIN := .venv/bin


.PHONY: env demo rehearse test browser lint types imports pytest pictures bench lock clean

env: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

# In a terminal it opens the sitting for people: ROBOTS=29 fills the hall.  Without one it plays the rehearsal.
demo: env
	$(BIN)/session-day demo $(if $(ROBOTS),--robots $(ROBOTS))

rehearse: env
	data=$$(mktemp -d) && trap 'rm -rf "$$data"' EXIT && $(BIN)/session-day rehearse meeting/demo/bailu.yaml --data "$$data"

test: env browser lint types imports pytest

# The screens are tested in a real Chromium, the phone's program in Node.
browser: env
	@command -v node >/dev/null || { apt-get update -qq && apt-get install -y -qq nodejs; }
	@command -v chromium >/dev/null || { apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk; } \
		|| $(BIN)/playwright install chromium
	@fc-list | grep -qi "Noto Sans CJK" || { apt-get update -qq && apt-get install -y -qq fonts-noto-cjk; }

lint: env
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: env
	$(BIN)/mypy

imports: env
	$(BIN)/lint-imports

pytest: env
	$(BIN)/python -m pytest

# Every state of every screen as a PNG in build/pictures.
pictures: env browser
	$(BIN)/python -m tests.pictures

bench: env
	$(BIN)/python -m tests.bench

lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --extra test -o requirements.lock pyproject.toml

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .demo
