"""JSON of a run's folder that somebody damaged: an error with its file and place, never a guess."""

import json

import pytest
from report_cases import small_run

from allocator.report.folder.runs import write_run
from allocator.results.jsons import data_bytes
from allocator.results.store.reading import KeptResultError, read_run


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_run(small_run(), tmp_path_factory.mktemp("runs") / "one")


FILES = ("result.json", "run.json", "notes.json", "plan_notes.json", "certificate.json")
TEXTS = {
    "deep": ('{"schema":' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deep"),
    "twice": ('{"schema": 1, "schema": 1}', "'schema' stands twice"),
    "nan": ('{"schema": NaN}', "NaN is no finite number"),
    "infinite": ('{"schema": 1e999}', "1e999 is no finite number"),
    "long": ('{"schema": ' + "9" * 5000 + "}", "a number of 5,000 digits"),
    "beyond": ('{"schema": 99999999999999999999}', "schema: a number beyond 64 bits"),
    "half": (r'{"schema": "\ud800"}', "damaged"),
    "no text": (b"\xff\xfe", "no UTF-8 text at byte 0"),
    "list": ("[]", "damaged"),
    "cut": ('{"schema"', "damaged"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kind", TEXTS)
def test_damaged_text_is_an_error_with_its_file(folder, name, kind):
    text, said = TEXTS[kind]
    good = (folder / "machine" / name).read_bytes()
    (folder / "machine" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        with pytest.raises(KeptResultError, match=said) as error:
            read_run(folder)
        assert name in str(error.value)
    finally:
        (folder / "machine" / name).write_bytes(good)


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("result.json", ("plan", "allocation", 0, "quantity"), "5"),
        ("result.json", ("plan", "allocation", 0, "quantity"), 5.0),
        ("result.json", ("plan", "allocation", 0, "quantity"), True),
        ("result.json", ("world", "holds"), {"x": "1"}),
        ("run.json", ("options", "with"), "ceasefire"),
        ("run.json", ("options", "seed"), "1"),
        ("run.json", ("began",), "yesterday"),
        ("run.json", ("seconds",), {"plan": -1}),
        ("run.json", ("files", "machine/result.json"), "0"),
        ("run.json", ("command",), "format"),
        ("plan_notes.json", ("departures",), [3]),
    ],
)
def test_a_value_of_another_type_is_an_error_with_its_place(folder, name, place, value):
    good = (folder / "machine" / name).read_bytes()
    told = json.loads(good)
    inner = told
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    (folder / "machine" / name).write_text(json.dumps(told))
    try:
        with pytest.raises(KeptResultError, match=rf"{name}: {place[0]}"):
            read_run(folder)
    finally:
        (folder / "machine" / name).write_bytes(good)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_json_has_no_form_for_is_never_written(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        data_bytes({"share": number})


def test_names_like_such_numbers_are_written() -> None:
    named = {"NaN": ["Infinity", "-Infinity"], "tuple": (1, 0.5, None, "é\u2028")}
    written = data_bytes(named)
    assert written == (json.dumps(named, indent=2, ensure_ascii=False) + "\n").encode()
    without = {key: value for key, value in named.items() if key == "tuple"}
    assert (
        data_bytes(without) == (json.dumps(without, indent=2, ensure_ascii=False) + "\n").encode()
    )
