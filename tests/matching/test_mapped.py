"""Arrays in a file: they come back as they were, lie at a bound of the processor's, and are nobody else's to change."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import numpy as np
import pytest

from adam.matching import mapped

ARRAYS = {
    "numbers": np.arange(1000, dtype=np.int32),
    "table": np.arange(12.0).reshape(3, 4),
    "stands": np.array([True, False, True]),
    "bytes": np.frombuffer("ключ".encode(), np.uint8),
    "none": np.zeros((0, 76), np.int64),
    "née": np.array([2**64 - 1], np.uint64),
}


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A file of them all."""
    mapped.write(tmp_path / "arrays.npz", ARRAYS)
    return tmp_path / "arrays.npz"


def test_arrays_come_back_as_they_were_each_at_a_bound(written: Path):
    found = mapped.read(written)

    assert list(found) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        assert np.array_equal(found[name], array)
        assert found[name].size == 0 or found[name].ctypes.data % mapped.BOUND == 0
        assert found[name].flags.aligned and found[name].flags.writeable


def test_numpy_reads_the_file_as_well(written: Path):
    with np.load(written, allow_pickle=False) as file:
        assert all(np.array_equal(file[name], array) for name, array in ARRAYS.items())


def test_what_is_written_into_an_array_stays_with_who_wrote_it(written: Path):
    found = mapped.read(written)

    found["numbers"][0] = 7

    assert found["numbers"][0] == 7
    assert mapped.read(written)["numbers"][0] == 0


def test_arrays_stay_when_their_file_is_removed(written: Path):
    found = mapped.read(written)

    written.unlink()

    assert mapped.fetched(found) >= 0
    assert np.array_equal(found["numbers"], ARRAYS["numbers"])


@pytest.mark.parametrize("kept", [0, 10, 200, 4000])
def test_a_file_that_ends_too_early_is_refused(written: Path, kept: int):
    written.write_bytes(written.read_bytes()[:kept])

    with pytest.raises((ValueError, BadZipFile, OSError)):
        mapped.read(written)


def test_a_packed_file_and_one_of_objects_are_refused(tmp_path: Path):
    np.savez_compressed(tmp_path / "packed.npz", a=np.arange(9))
    np.savez(tmp_path / "objects.npz", a=np.array([{}], dtype=object))
    with ZipFile(tmp_path / "texts.npz", "w", ZIP_DEFLATED) as file:
        file.writestr("a.npy", "no array")

    for name in ("packed", "objects", "texts"):
        with pytest.raises((ValueError, BadZipFile)):
            mapped.read(tmp_path / f"{name}.npz")
