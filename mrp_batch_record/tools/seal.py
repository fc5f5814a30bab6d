#!/usr/bin/env python3
"""The seal of batch records: canonical JSON, hashes, the chain and its verifier.

This file needs nothing but Python's standard library. Odoo uses it, and whoever trusts
neither Odoo nor the administrator of its database runs it on an exported file:

    python3 seal.py EXPORT.json [--head HEAD.json]

Exit status 0: nothing was changed; 1: something was; 2: the file can not be read.
"""

import argparse
import hashlib
import json
import sys

FORMAT = 1
HASHES = {"1": hashlib.sha256}
HASH_VERSION = "1"
LARGEST_INTEGER = 2**53 - 1
# so many findings are described; all are counted
MOST_TOLD = 1000
# what an entry says about itself, beside what its columns say
COLUMNS = ("company", "key", "record", "sequence", "kind", "format", "at")


def canonicalize(value):
    """Write a value as RFC 8785 wants it.

    Fractions are refused: quantities are decimal strings, so that no two machines can
    write one number in two ways.

    >>> canonicalize({"b": [1, True, None], "a": "é"})
    '{"a":"é","b":[1,true,null]}'

    :raise ValueError: for what has no canonical form here
    """
    text = json.dumps(_order(value), ensure_ascii=False, separators=(",", ":"))
    text.encode()  # lone surrogates have no UTF-8
    return text


def _order(value):
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("Names in canonical JSON are strings.")
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return {name: _order(value[name]) for name in names}
    if isinstance(value, (list, tuple)):
        return [_order(each) for each in value]
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int) and abs(value) <= LARGEST_INTEGER:
        return value
    raise ValueError(f"{value!r} has no canonical form: write it as a string.")


def get_hash(text, version=HASH_VERSION):
    """Return the versioned hash of a text.

    >>> get_hash("")[:11]
    '$1$e3b0c442'
    """
    return f"${version}${HASHES[version](text.encode()).hexdigest()}"


def is_hash_of(text, sealed):
    """Tell whether a text has this hash, made by whatever version."""
    version = sealed.split("$")[1] if sealed.count("$") == 2 else None
    return version in HASHES and get_hash(text, version) == sealed


def get_link_text(link):
    """Return what the hash of a link of the chain is made of."""
    names = ("company", "position", "previous", "entry_hash", "at")
    return canonicalize({name: link[name] for name in names})


def get_commitment(salt, text):
    """Return what an entry holds in place of a person.

    Whoever has salt and text can prove whose it is; once they are erased nobody can,
    and the entry is as valid as before.
    """
    return get_hash(_get_person_text(salt, text))


def _get_person_text(salt, text):
    return canonicalize({"salt": salt, "text": text})


class Verifier:
    """Recomputes entries and the chain they are linked in, in the chain's order.

    ``problems`` are proofs of a change, first one first; ``notices`` are what a reader
    should know.
    """

    def __init__(self):
        self.problems = []
        self.problem_count = 0
        self.notices = []
        self.position = 0
        self.head = ""
        self.checked = 0
        self._last_at = ""

    def get_state(self):
        """Return where it stands, for ``resume``: JSON can hold it."""
        return dict(self.__dict__)

    @classmethod
    def resume(cls, state):
        """Return a verifier that goes on where another one stood."""
        verifier = cls()
        verifier.__dict__.update(state or {})
        return verifier

    def take(self, entry, link=None, persons=None):
        """Check an entry, its place in the chain and the names it stands for.

        :param dict entry: ``id``, ``hash``, ``text`` and the ``COLUMNS``
        :param dict link: its place in the chain; none yet for the latest entries
        :param dict persons: list of (salt, text) per commitment
        """
        self.checked += 1
        place = self._name(entry, link)
        content = self._check_text(entry, place)
        if content is not None:
            self._check_columns(entry, content, place)
            self._check_persons(content, persons or {}, place)
        if link:
            self._check_link(entry, link, place)
        else:
            self.note(f"{place}: waits for its link.")

    def take_missing(self, link):
        """Say that the chain holds an entry that is not there any more."""
        place = f"position {link['position']}"
        self.report(place, "its entry is missing", link["entry_hash"], "nothing")
        self._check_own_link(link, place)

    def check_sequences(self, sequences, counts=None):
        """Check that no entry of a record is missing.

        :param dict sequences: numbers of the entries there are, per record
        :param dict counts: how many there should be, per record
        """
        for record, numbers in sequences.items():
            count = (counts or {}).get(record)
            if count is not None and max(numbers) > count:
                self.report(record, "an entry too many", count, max(numbers))
            if len(numbers) > len(set(numbers)):
                self.report(
                    record,
                    "two entries have one number",
                    len(set(numbers)),
                    len(numbers),
                )
            last = max([*numbers, count or 0])
            missing = sorted(set(range(1, last + 1)) - set(numbers))
            if missing:
                listed = ", ".join(map(str, missing[:10]))
                self.report(record, f"entry {listed} is missing", str(last), "less")
        for record in sorted(set(counts or {}) - set(sequences)):
            if counts[record]:
                self.report(record, "all entries are missing", counts[record], "0")

    def check_head(self, head, hashes):
        """Compare with what was filed outside before.

        :param dict head: ``position`` and ``hash``
        :param dict hashes: hash of the chain per position, for that position
        """
        found = hashes.get(head["position"])
        place = f"position {head['position']}"
        if found is None and head["position"]:
            self.report(
                place, "the chain ends before it: its tail was cut", head["hash"], "-"
            )
        elif head["position"] and found != head["hash"]:
            self.report(
                place, "the chain is not the one that was filed", head["hash"], found
            )

    def _name(self, entry, link):
        where = f"position {link['position']}, " if link else "not linked yet, "
        return (
            f"{where}{entry['record']} entry {entry['sequence']} ({entry['kind']}, "
            f"no. {entry['id']})"
        )

    def report(self, place, what, expected, found):
        """Note a proof of a change."""
        self.problem_count += 1
        if len(self.problems) < MOST_TOLD:
            self.problems.append(
                {
                    "place": place,
                    "what": what,
                    "expected": str(expected),
                    "found": str(found),
                }
            )

    def note(self, notice):
        """Note what a reader should know."""
        if len(self.notices) < MOST_TOLD:
            self.notices.append(notice)

    def _check_text(self, entry, place):
        if not is_hash_of(entry["text"], entry["hash"]):
            self.report(
                place,
                "the content was changed after it was sealed",
                entry["hash"],
                get_hash(entry["text"]),
            )
        try:
            content = json.loads(entry["text"])
            if canonicalize(content) != entry["text"]:
                raise ValueError
        except ValueError:
            self.report(place, "the content is not canonical JSON", "-", "-")
            return None
        return content

    def _check_columns(self, entry, content, place):
        for name in COLUMNS:
            if entry[name] != content.get(name):
                self.report(
                    place, f"its {name} was changed", content.get(name), entry[name]
                )
        if content.get("format", 0) > FORMAT:
            self.notices.append(
                f"{place}: written in format {content['format']}, newer than this "
                "verifier; its hash was checked."
            )

    def _check_persons(self, content, persons, place):
        for commitment in _find_commitments(content.get("payload")):
            for salt, text in persons.get(commitment, ()):
                # a name without its salt was erased
                if text is not None and not is_hash_of(
                    _get_person_text(salt, text), commitment
                ):
                    self.report(
                        place, "the name of a person was changed", commitment, text
                    )

    def _check_link(self, entry, link, place):
        if link["entry_hash"] != entry["hash"]:
            self.report(
                place,
                "it is not the entry that was linked",
                link["entry_hash"],
                entry["hash"],
            )
        self._check_own_link(link, place)

    def _check_own_link(self, link, place):
        if link["position"] != self.position + 1:
            self.report(
                place,
                "the chain has a gap or another order",
                self.position + 1,
                link["position"],
            )
        if link["previous"] != self.head:
            self.report(
                place, "it does not follow the one before", self.head, link["previous"]
            )
        if not is_hash_of(get_link_text(link), link["hash"]):
            self.report(place, "its link was changed", link["hash"], "another content")
        if link["at"] < self._last_at:
            self.note(
                f"{place}: the clock went back from {self._last_at} to {link['at']}."
            )
        self.position, self.head, self._last_at = (
            link["position"],
            link["hash"],
            link["at"],
        )


def _find_commitments(value):
    if isinstance(value, dict):
        if isinstance(value.get("person"), str):
            yield value["person"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _find_commitments(each)


def verify_export(export, head=None):
    """Recompute all of an exported file.

    :param dict export: as the button *Export* of Odoo makes it
    :param dict head: ``position`` and ``hash`` of the chain, filed before
    :return: ``Verifier``, after its work
    """
    verifier = Verifier()
    entries = {entry["id"]: entry for entry in export["entries"]}
    persons = {}
    for person in export["persons"]:
        persons.setdefault(person["commitment"], []).append(
            (person["salt"], person["text"])
        )
    linked = set()
    complete = export["complete"]
    for link in sorted(export["links"], key=lambda link: link["position"]):
        if not complete:
            # some records only: what lies between them is not in the file
            verifier.position, verifier.head = link["position"] - 1, link["previous"]
        entry = entries.get(link["entry"])
        linked.add(link["entry"])
        if entry:
            verifier.take(entry, link, persons)
        else:
            verifier.take_missing(link)
    sequences = {}
    for number, entry in sorted(entries.items()):
        sequences.setdefault(entry["record"], []).append(entry["sequence"])
        if number not in linked:
            verifier.take(entry, None, persons)
    verifier.check_sequences(sequences, export.get("counts"))
    if head:
        hashes = {link["position"]: link["hash"] for link in export["links"]}
        verifier.check_head(head, hashes)
    return verifier


def get_report(verifier):
    """Return what was found, as lines of text."""
    lines = [f"{verifier.checked} entries checked, chain at {verifier.position}."]
    if verifier.problems:
        lines.append(f"CHANGED: {verifier.problem_count} findings, the first first.")
    else:
        lines.append("Nothing was changed.")
    for problem in verifier.problems[:100]:
        lines.append(
            f"- {problem['place']}: {problem['what']} "
            f"(expected {problem['expected']}, found {problem['found']})"
        )
    return lines + [f"  note: {notice}" for notice in verifier.notices[:100]]


def main(arguments=None):
    """Verify a file and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("export", help="file made by Odoo")
    parser.add_argument("--head", help="file with the head of the chain, from outside")
    options = parser.parse_args(arguments)
    try:
        with open(options.export, encoding="utf-8") as file:
            export = json.load(file)
        head = None
        if options.head:
            with open(options.head, encoding="utf-8") as file:
                head = json.load(file)
        verifier = verify_export(export, head)
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"This file can not be verified: {error!r}\n")
        return 2
    sys.stdout.write("\n".join(get_report(verifier)) + "\n")
    return 1 if verifier.problems else 0


if __name__ == "__main__":
    sys.exit(main())
