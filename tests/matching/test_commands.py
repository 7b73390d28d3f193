"""`adam match`: files in, pairs out, and clear words for a bad file."""

import csv
import json

import pytest
from click.testing import CliRunner

from adam.cli.matching import command
from tests.matching.builders import BORDER


def run(*arguments):
    """Runs the command."""
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def written(folder, rows, name="records.csv"):
    """A CSV file of rows."""
    path = folder / name
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


TWINS = [{"id": "b", **BORDER, "colour": "green"}, {"id": "a", **BORDER}]


def test_pairs_are_written_as_csv_with_their_evidence(tmp_path):
    pairs = tmp_path / "pairs.csv"

    result = run(written(tmp_path, TWINS), "-o", pairs)

    rows = list(csv.DictReader(pairs.read_text(encoding="utf-8").splitlines()))
    assert result.exit_code == 0, result.output
    assert list(rows[0]) == ["id_a", "id_b", "kind", "score", "evidence"]
    assert (rows[0]["id_a"], rows[0]["id_b"], rows[0]["kind"]) == ("a", "b", "record_duplicate")
    assert {"feature", "level", "score", "left", "right"} <= set(json.loads(rows[0]["evidence"])[0])


def test_json_lines_give_the_same_pairs_as_csv(tmp_path):
    lines = tmp_path / "records.jsonl"
    told = [{**row, "funders": [row["funders"]], "amount": 1234567} for row in TWINS]
    lines.write_text("\n".join(json.dumps(row) for row in told), encoding="utf-8")

    one, other = run(written(tmp_path, TWINS)), run(lines)

    assert one.stdout == other.stdout
    assert one.stdout.count("\n") == 2


def test_every_bad_row_is_named_with_its_field(tmp_path):
    rows = [{"id": "a", "start": "soon"}, {"id": "", "start": ""}, {"id": "c", "amount": "x"}, {"id": "c"}]

    result = run(written(tmp_path, rows))

    assert result.exit_code == 2
    assert "row 1, start: start “soon” is not a date" in result.stderr
    assert "row 2, id:" in result.stderr
    assert "row 3, amount:" in result.stderr


def test_an_id_that_stands_twice_is_named_with_both_rows(tmp_path):
    result = run(written(tmp_path, [{"id": "a"}, {"id": "b"}, {"id": "a"}]))

    assert result.exit_code == 2
    assert "row 3, id: The id “a” stands in row 1 already" in result.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", b"title\nBorder\n", "no column id"),
        ("x.csv", b"", "no column id"),
        ("x.csv", b"id,title\na,b,c\n", "Row 1 has not as many fields"),
        ("x.csv", b"id,title\na,\xff\xfe\n", "not UTF-8"),
        ("x.csv", b"id,id\na,b\n", "stands twice"),
        ("x.csv", b'id,"title\na,b\n', "can't be read as CSV"),
        ("x.jsonl", b'{"id": "a"}\n[1]\n', "Row 2 is not a JSON object"),
        ("x.jsonl", b"{nonsense}\n", "Row 1 is not a JSON object"),
        ("x.xls", b"", "neither .csv nor .jsonl nor .parquet"),
    ],
)
def test_a_bad_file_is_refused_with_a_clear_message(tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)

    result = run(path)

    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_a_file_that_is_not_there_is_told(tmp_path):
    result = run(tmp_path / "none.csv")

    assert result.exit_code == 2
    assert "There is no file" in result.stderr


def test_a_folder_that_is_not_there_is_told_before_anything_is_compared(tmp_path):
    result = run(written(tmp_path, TWINS), "-o", tmp_path / "none" / "pairs.csv")

    assert result.exit_code == 2
    assert "There is no folder" in result.stderr


def test_an_unknown_kind_or_engine_is_refused(tmp_path):
    path = written(tmp_path, TWINS)

    kind, engine = run(path, "--kinds", "twins"), run(path, "--engine", "abacus")

    assert kind.exit_code == engine.exit_code == 2
    assert "“twins” is no kind" in kind.stderr
    assert "'abacus' is not one of 'local', 'spark'" in engine.stderr


def test_explain_prints_what_each_feature_added(tmp_path):
    result = run(written(tmp_path, TWINS), "--explain")

    assert "before any evidence" in result.stderr
    assert "Same amount" in result.stderr


def test_kinds_and_threshold_narrow_the_answer(tmp_path):
    path = written(tmp_path, TWINS)

    narrowed = [run(path, "--kinds", "overlap"), run(path, "--threshold", "1")]

    assert [result.stdout.count("\n") for result in narrowed] == [1, 1]
