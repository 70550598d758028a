#!/usr/bin/env python3
"""Computes the roundtable's indices I1 and I2 again from their public file.

    python3 indices.py FILE FROM TO

FILE is the CSV of the page of indices; FROM and TO are days (2026-01-01), the
period runs from the first instant of FROM to the last before TO, in the zone that
the file names. Written from the rule and not from the program, with the standard
library only, so that agreement between the two means something. Fractions keep
every sum exact; a value is rounded once, to one decimal, halves away from zero.
Prints CSV: figure, of, value; an empty value means that there is none.
"""

import csv
import sys
from collections import defaultdict
from datetime import datetime, timezone
from fractions import Fraction
from statistics import median
from zoneinfo import ZoneInfo


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")) if text else None


def read(path):
    """The records of the file: one list for each kind."""
    kinds = defaultdict(list)
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            row["from"], row["to"] = instant(row["from"]), instant(row["to"])
            row["items"] = row["items"].split()
            kinds[row["record"]].append(row)
    return kinds


def by_initiative(rows):
    out = defaultdict(list)
    for row in rows:
        out[row["initiative"]].append(row)
    return out


def touches(row, start, end):
    """Whether the row's span has an instant in common with the period."""
    began, ended = row["from"], row["to"]
    if began and began >= end:
        return False
    return ended is None or (ended > start and (began is None or ended > began))


def mean(values):
    values = [v for v in values if v is not None]
    return sum(values) / Fraction(len(values)) if values else None


def percent(part, whole):
    return Fraction(100 * part, whole) if whole else None


def shown(value):
    if value is None:
        return ""
    tenths = int(abs(value) * 10 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10}"


def attended(call):
    """Somebody came and, where it is known, stayed half of what concerned it."""
    stayed, length = Fraction(call["seconds"] or 0), Fraction(call["of"] or 0)
    return call["code"] == "came" and (stayed == 0 or 2 * stayed >= length)


def participation(kinds, start, end):
    ministries = {m["ministry"] for m in kinds["ministry"] if touches(m, start, end)}
    listed, acts, calls = (by_initiative(kinds[k]) for k in ("listed", "act", "call"))
    shares, breadths, intensities, axes = [], [], [], defaultdict(list)
    entries, deeds, out = defaultdict(int), defaultdict(int), []
    for row in kinds["initiative"]:
        number, ended = row["initiative"], row["items"][:1] in (["declined"], ["withdrawn"])
        life = {"from": row["from"] or row["to"], "to": row["to"] if ended else None}
        if life["from"] is None or not touches(life, start, end):
            continue
        members = {row["ministry"]} | {x["ministry"] for x in listed[number] if touches(x, start, end)}
        members &= ministries
        met = [c for c in calls[number] if start <= c["from"] < end]
        did = {a["ministry"] for a in acts[number] if start <= a["from"] < end}
        did = (did | {c["ministry"] for c in met if attended(c)}) & members
        for m in members:
            entries[m] += 1
            deeds[m] += m in did
        share = percent(len(did), len(members))
        out.append(("P", number, share))
        if len(members) < 2:
            continue
        parts = []
        for m in members:
            mine = [attended(c) for c in met if c["ministry"] == m]
            parts.append(Fraction(sum(mine), len(mine)) if mine else None)
        intensity = mean(parts)
        shares.append(share)
        breadths.append(percent(len(did), len(ministries)))
        intensities.append(None if intensity is None else 100 * intensity)
        axes[row["code"]].append(share)
    out += [("I1", "", mean(shares)), ("I1 breadth", "", mean(breadths)), ("I1 intensity", "", mean(intensities))]
    out += [("I1 axis", axis, mean(axes[axis])) for axis in sorted(axes)]
    out += [("I1 ministry", m, percent(deeds[m], entries[m])) for m in sorted(ministries)]
    return out


def level(steps, signed, stands):
    """Level and strict level of one initiative, of signatures that stand."""
    shares = []
    for step in steps:
        items = next((s["items"] for s in signed if s["code"] == step["code"] and stands(s)), [])
        need = len(step["items"])
        shares.append(Fraction(len(items), need) if need else Fraction(1))
    whole = 0
    while whole < len(shares) and shares[whole] == 1:
        whole += 1
    return 100 * sum(shares) / Fraction(len(steps)), Fraction(100 * whole, len(steps))


def compliance(kinds, start, end):
    rules = defaultdict(list)
    for step in kinds["step"]:
        rules[step["ref"]].append(step)
    signed, returns = by_initiative(kinds["signed"]), by_initiative(kinds["return"])
    levels, stricts, axes, ministries = [], [], defaultdict(list), defaultdict(list)
    counted = adopted = complete = sent_back = 0
    for row in kinds["initiative"]:
        filed, decided, outcome = row["from"], row["to"], "".join(row["items"])
        if filed is None or filed >= end or (filed < start and outcome and decided < start):
            continue
        if outcome and decided < end:  # as it stood when it was decided
            stands = lambda s: s["from"] <= decided and (s["to"] is None or s["to"] > decided)
        else:  # as it stood at the last instant of the period
            stands = lambda s: s["from"] < end and (s["to"] is None or s["to"] >= end)
        counted += 1
        sent_back += sum(start <= r["from"] < end for r in returns[row["initiative"]])
        reached = strict = None
        if rules[row["ref"]]:
            reached, strict = level(rules[row["ref"]], signed[row["initiative"]], stands)
        if outcome == "adopted" and start <= decided < end:
            adopted += 1
            complete += reached == 100
        levels.append(reached)
        stricts.append(strict)
        axes[row["code"]].append(reached)
        ministries[row["ministry"]].append(reached)
    days = defaultdict(list)
    for row in kinds["time"]:
        if start <= row["from"] < end:
            days[row["code"]].append(Fraction(row["seconds"] or 0) / 86400)
    out = [("I2", "", mean(levels)), ("I2 strict", "", mean(stricts)), ("I2 adopted whole", "", percent(complete, adopted))]
    out.append(("I2 returns", "", Fraction(sent_back, counted) if counted else None))
    out += [("I2 axis", axis, mean(axes[axis])) for axis in sorted(axes)]
    out += [("I2 ministry", m, mean(ministries[m])) for m in sorted(ministries)]
    out += [("I2 days", step, median(days[step])) for step in sorted(days)]
    return out


def main(path, first, last):
    kinds = read(path)
    zone = ZoneInfo(kinds["rule"][0]["ref"])
    start, end = (datetime.fromisoformat(d).replace(tzinfo=zone).astimezone(timezone.utc) for d in (first, last))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("figure", "of", "value"))
    for figure, of, value in participation(kinds, start, end) + compliance(kinds, start, end):
        out.writerow((figure, of, shown(value)))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
