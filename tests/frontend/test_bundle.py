"""The committed script of the page is what its sources give, and its pure parts do what they say."""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src/trabecula/page/web"

#: The tests of what the page says of cases, a file for each.
REASONING = {"paths", "conclusions", "whatif"}


def node(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run node as `scripts/test` has installed it, in the folder of the front end."""
    subprocess.run([ROOT / "scripts/node", "ci"], check=True, capture_output=True)
    return subprocess.run(
        [ROOT / "scripts/node", *arguments],
        cwd=ROOT / "frontend",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_the_committed_bundle_is_what_the_sources_give() -> None:
    built = node("build.mjs", "--check")
    assert (built.returncode, built.stderr) == (0, "")


def test_the_pure_parts_pass_their_own_tests() -> None:
    # Those that reason are run in test_reasoning_cases.py, where they are given a graph as well. All
    # in one process, for a process of its own for each file would take twice as long.
    files = sorted((ROOT / "frontend/test").glob("*.test.js"))
    tests = [str(file) for file in files if file.name.partition(".")[0] not in REASONING]
    assert len(tests) == len(files) - len(REASONING)
    each = "for (const file of process.argv.slice(1)) await import(file);"
    run = node("--test-reporter=tap", "--input-type=module", "-e", each, *tests)
    failed = [line for line in run.stdout.splitlines() if line.strip().startswith("not ok")]
    assert (failed, run.returncode) == ([], 0)


def test_the_manifest_names_every_part_with_its_sum() -> None:
    manifest = json.loads((WEB / "manifest.json").read_text("utf-8"))
    files = {path.name: path.read_bytes() for path in WEB.iterdir() if path.name != "manifest.json"}
    assert manifest == {
        name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in files.items()
    }


def test_every_package_in_the_bundle_has_its_licence_with_it() -> None:
    licences = (WEB / "LICENSES.txt").read_text("utf-8")
    locked = json.loads((ROOT / "frontend/package-lock.json").read_text("utf-8"))
    packages = json.loads((ROOT / "frontend/package.json").read_text("utf-8"))["dependencies"]
    for name in packages:
        version = locked["packages"][f"node_modules/{name}"]["version"]
        assert f"{name} {version} (" in licences
    assert "vis-network" in licences


def test_what_waits_in_the_page_is_compressed_without_a_time() -> None:
    for path in sorted(WEB.glob("*.gz")):
        data = path.read_bytes()
        assert (path.name, data[4:8]) == (path.name, bytes(4))
        assert gzip.decompress(data)
    for path in sorted(WEB.glob("*.xz")):
        assert lzma.decompress(path.read_bytes()).startswith(b"\0asm")
