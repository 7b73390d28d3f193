"""Loading: the compiled engine is a library like the readable one."""

import subprocess
import sys

from tests.databases import ROOT

FOLDER = ROOT / "adam" / "matching" / "compiled"


def test_every_module_of_the_compiled_engine_loads_without_flask_sqlalchemy_or_models():
    names = [
        f"adam.matching.compiled.{path.stem}"
        for path in sorted(FOLDER.glob("*.py"))
        if path.stem != "__init__"
    ]
    program = (
        f"import importlib, sys; [importlib.import_module(name) for name in {names}]; "
        "print([n for n in ('flask', 'sqlalchemy', 'adam.models', 'adam.domain') if n in sys.modules])"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert names, "adam/matching/compiled/ holds the kernels."
    assert loaded.strip() == "[]"
