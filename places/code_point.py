"""Ordnance Survey's Code-Point Open: every postcode with the district it lies in. Its files have no headings."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from places.files import BadRow, BadValue, PlacesFileError, read_bytes, rows, shown, storable
from places.lookup import normalise_postcode

# Ordnance Survey's own names of the columns: postcode, quality, easting, northing, country, two of the health service,
# then county, district and ward.
COLUMNS = ["PC", "PQ", "EA", "NO", "CY", "RH", "LH", "CC", "DC", "WC"]
POSTCODE, COUNTY, DISTRICT = COLUMNS.index("PC"), COLUMNS.index("CC"), COLUMNS.index("DC")
GSS = re.compile(r"[ENSW][0-9]{8}")


@dataclass
class CodePoint:
    """All that a file held: each row is a postcode, a repetition of one, or a bad row."""

    rows: int = 0
    districts: dict[str, str] = field(default_factory=dict)
    """District -> its county; nothing for a unitary council."""
    postcodes: dict[str, str] = field(default_factory=dict)
    """Postcode -> district."""
    bad_rows: list[BadRow] = field(default_factory=list)


def read_postcodes(path: Path) -> CodePoint:
    """Every postcode in a file. One in which there is none is refused: it is some other file."""
    found = CodePoint()
    for line, fields in rows(path):
        found.rows += 1
        try:
            _take(found, fields)
        except BadValue as why:
            values = {name: storable(text) for name, text in zip(COLUMNS, fields, strict=False)}
            found.bad_rows.append(BadRow(line, str(why), values))
    if not found.postcodes:
        raise PlacesFileError(f"{path.name} is not Code-Point Open: no row has a postcode in the first of ten columns")
    return found


def _take(found: CodePoint, fields: list[str]) -> None:
    if len(fields) != len(COLUMNS):
        raise BadValue(f"{len(fields)} fields where Code-Point has {len(COLUMNS)}")
    code = normalise_postcode(fields[POSTCODE])
    district, county = fields[DISTRICT].strip(), fields[COUNTY].strip()
    if code is None:
        raise BadValue(f"{shown(fields[POSTCODE])} is not a postcode")
    if not GSS.fullmatch(district) or (county and not GSS.fullmatch(county)):
        raise BadValue(f"{code} is in no district: county {shown(county)}, district {shown(district)}")
    if found.districts.setdefault(district, county) != county:
        raise BadValue(f"{code} puts district {district} in county {shown(county)}; rows before it do not")
    if found.postcodes.setdefault(code, district) != district:
        raise BadValue(f"{code} is there twice, in districts {found.postcodes[code]} and {district}; the first stands")


def read_names(path: Path | None) -> dict[str, str]:
    """Code -> name, from a JSON file of the statistics office's codes."""
    if path is None:
        return {}
    try:
        names = json.loads(read_bytes(path))
    except ValueError as error:
        raise PlacesFileError(f"{path.name} is not JSON: {error}") from error
    # The list has codes for places that lie nowhere (L99999999 the Channel Islands), which no postcode names.
    if not isinstance(names, dict) or not all(isinstance(name, str) for name in names.values()):
        raise PlacesFileError(f"{path.name} is no list of codes and names, such as E06000044: Portsmouth")
    return names
