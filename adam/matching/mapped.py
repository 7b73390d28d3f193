"""Arrays in one file, as numpy's own .npz, that are used where they lie: whoever opens it reads nothing yet."""

from __future__ import annotations

from collections.abc import Mapping
from mmap import ACCESS_COPY, PAGESIZE, mmap
from pathlib import Path
from struct import Struct, error
from typing import Any, BinaryIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import numpy as np

Array = np.ndarray[Any, Any]
BOUND = 64
"""Arrays begin where a line of the processor's cache does."""
HEADER, LARGE = 30, 20
"""Bytes before the name in front of each member, and of what says how large it is where that takes 64 bits."""
LENGTHS, FILLING = Struct("<HH"), Struct("<HHH")
ALIGNMENT = 0xD935
"""The mark of a field that only fills up, in front of a member that has to begin at a bound."""
VERSIONS = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}


def write(path: str | Path, arrays: Mapping[str, Array]) -> None:
    """Write the arrays to a file that `read` reads, and numpy.load too."""
    with open(path, "wb") as file, ZipFile(file, "w", ZIP_STORED) as archive:
        for name, array in arrays.items():
            member = ZipInfo(f"{name}.npy")
            member.extra = filling(file.tell() + HEADER + len(member.filename.encode()) + LARGE)
            with archive.open(member, "w", force_zip64=True) as opened:
                np.lib.format.write_array(opened, np.ascontiguousarray(array), allow_pickle=False)


def filling(begins: int) -> bytes:
    """What has to stand before a member that would begin here, so that it begins at a bound."""
    room = -(begins + FILLING.size) % BOUND
    return FILLING.pack(ALIGNMENT, 2 + room, BOUND) + bytes(room)


def read(path: str | Path) -> dict[str, Array]:
    """The arrays of a file that `write` wrote; raises ValueError, BadZipFile or OSError where it is no such file.

    They lie in the file until somebody looks at them, and processes that read one file share its memory. What is
    written into them stays with who wrote it.
    """
    with open(path, "rb") as file, ZipFile(file) as archive:
        held = mmap(file.fileno(), 0, access=ACCESS_COPY)
        members = archive.infolist()
        try:
            return {member.filename.removesuffix(".npy"): mapped(held, file, member) for member in members}
        except (error, EOFError) as wrong:
            raise BadZipFile(f"{path} ends too early.") from wrong


def mapped(held: mmap, file: BinaryIO, member: ZipInfo) -> Array:
    """The array of a member, where it lies."""
    if member.compress_type != ZIP_STORED:
        raise BadZipFile(f"{member.filename} is packed.")
    before = LENGTHS.unpack_from(held, member.header_offset + HEADER - LENGTHS.size)
    file.seek(member.header_offset + HEADER + sum(before))
    header = VERSIONS.get(np.lib.format.read_magic(file))
    if header is None:
        raise ValueError(f"{member.filename} is written in another form.")
    shape, by_column, kind = header(file)
    if by_column or kind.hasobject:
        raise ValueError(f"{member.filename} is no array that can lie in a file.")
    many = int(np.prod(shape, dtype=np.int64))
    if not many:
        return np.zeros(shape, kind)
    return np.frombuffer(held, kind, many, file.tell()).reshape(shape)


def fetched(arrays: Mapping[str, Array]) -> int:
    """Has all of them brought to memory now, a page after the other, and not when somebody waits for an answer."""
    told = 0
    for array in arrays.values():
        told += int(array.reshape(-1).view(np.uint8)[::PAGESIZE].sum())
    return told
