"""The tables that peers.py prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

NEAR = 0.01
"""A configuration counts as good as the best within so much F1."""
OURS = ("read", "prepare", "compile", "compare", "write")
THEIRS = ("load", "compile", "match", "write")
Figures = Mapping[str, Any]


def trial(found: Figures) -> str:
    """One configuration of Splink in a line."""
    return (
        f"{found['configuration']:36} {found['seconds']:7.1f} s  processor {found['processor']:7.1f} s  "
        f"training {found['training']:6.1f} s  {found['memory']:6.0f} MB  F1 best {found['best']:.3f}  "
        f"at 0.5 {found['half']:.3f}"
    )


def choice(found: Figures) -> str:
    """Which configuration is the fastest of those within a hundredth of the best F1."""
    ran = [each for each in found["trials"] if "best" in each]
    failed = [
        f"{each['configuration']} failed: {each['failed']}" for each in found["trials"] if "failed" in each
    ]
    if not ran:
        return "\n".join(failed)
    top = max(each["best"] for each in ran)
    chosen = min((each for each in ran if each["best"] >= top - NEAR), key=lambda each: each["processor"])
    return "\n".join(
        [*failed, f"{found['size']} records, the fastest within {NEAR} of {top:.3f}:", trial(chosen)]
    )


def comparison(found: Figures) -> str:
    """Both tools on one size: time by stage, memory, how right, ratios."""
    ours, theirs = found["adam"], found["splink"]
    lines = [f"\n{found['size']} records, Splink as {theirs['configuration']}"]
    lines += [f"  adam    {stages(ours, OURS)}", f"  splink  {stages(theirs, THEIRS)}"]
    lines.append(
        f"          normalising {theirs['normalising']:.1f} s ({theirs['normalising_memory']:.0f} MB), "
        f"training {theirs['training']:.1f} s"
    )
    lines += [f"  {name:7} {right(each)}" for name, each in (("adam", ours), ("splink", theirs))]
    lines += [f"  {name:7} {tenths(each)}" for name, each in (("adam", ours), ("splink", theirs))]
    told = "  ".join(f"{name.replace('_', ' ')} {value:.1f}" for name, value in found["ratios"].items())
    return "\n".join([*lines, f"  Splink for one of ADAM: {told}"])


def stages(found: Figures, names: Sequence[str]) -> str:
    """Seconds of each stage, the whole process, processor and memory."""
    told = "  ".join(f"{name} {found['stages'][name]:.2f}" for name in names if name in found["stages"])
    return (
        f"{told}  process {found['seconds']:.1f} s  processor {found['processor']:.1f} s  "
        f"{found['memory']:.0f} MB"
    )


def right(found: Figures) -> str:
    """Precision, recall, F1 at 0.5, at the threshold chosen on another seed, and at the best one."""
    half, chosen, best = found["half"], found["chosen"], found["best"]
    return (
        f"at 0.5 precision {half['precision']:.3f} recall {half['recall']:.3f} F1 {half['f1']:.3f}  "
        f"at {chosen['threshold']:.2f} F1 {chosen['f1']:.3f}  best F1 {best['f1']:.3f}"
    )


def tenths(found: Figures) -> str:
    """For each tenth of score what was said and what is true."""
    told = (f"{each['score']:.2f}:{each['true']:.2f}" for each in found["calibration"] if each["pairs"])
    return "said:true " + " ".join(told)


def real(found: Sequence[Figures]) -> str:
    """Both tools on sets that were not made up."""
    lines = ["\nreal sets, Splink fitted on made-up ones"]
    for each in found:
        lines += [f"  {each['set']:24} {name:7} {right(each[name])}" for name in ("adam", "splink")]
    return "\n".join(lines)


def growing(found: Mapping[str, float]) -> str:
    """The exponents, where more than one size was run."""
    told = ", ".join(f"{tool} {exponent:.2f}" for tool, exponent in found.items())
    return f"time grows with the size to the power of: {told}\n" if told else ""
