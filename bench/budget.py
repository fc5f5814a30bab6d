"""What the suite promises to cost at most, and whether it keeps it."""

from dataclasses import dataclass

# cost and outputs alone; with more rooms what the whole suite may cost
COST_CPU = 1.05
SUITE_CPU = {"single": 1.25, "batch": 1.15}


@dataclass(frozen=True)
class Room:
    """Add-ons that share an allowance of statements per order."""

    single: int
    batch: int
    addons: tuple


ROOMS = (
    Room(15, 6, ("mrp_run_cost", "mrp_multi_output")),
    Room(8, 3, ("mrp_reason_code",)),
    Room(20, 6, ("mrp_operator", "mrp_operator_skill")),
    Room(40, 12, ("mrp_genealogy", "stock_lot_hold", "mrp_batch_record")),
    Room(6, 2, ("mrp_live_board", "mrp_shop_floor")),
    Room(15, 5, ("job_work_order", "job_work_order_sale")),
)
# shared by all add-ons that belong to no room
OTHERS = Room(6, 2, ())


@dataclass(frozen=True)
class Promise:
    """One limit and what was measured."""

    text: str
    measured: str
    kept: bool


def allowance(names, mode):
    """Return how many statements per order these add-ons may add together."""
    rooms = [room for room in ROOMS if set(room.addons) & set(names)]
    if set(names) - {name for room in ROOMS for name in room.addons}:
        rooms.append(OTHERS)
    return sum(getattr(room, mode.key) for room in rooms)


def most_cpu(names, mode):
    """Return how much CPU time these add-ons may take, over that of Odoo alone."""
    return COST_CPU if set(names) <= set(ROOMS[0].addons) else SUITE_CPU[mode.key]


def judge(series, names, cpu=True):
    """Return the promises for one series; CPU time is promised over Odoo alone."""
    allowed, extra = allowance(names, series.mode), series.extra_queries()
    queries = Promise(
        f"at most {allowed:+d} queries", f"{extra:+.2f}", extra <= allowed
    )
    if not cpu:
        return [queries]
    limit = most_cpu(names, series.mode)
    ratios = series.ratios()
    spread = f"{min(ratios):.3f} to {max(ratios):.3f}"
    return [
        queries,
        Promise(
            f"at most {limit} × CPU",
            f"{series.ratio():.3f} (rounds: {spread})",
            series.ratio() <= limit,
        ),
    ]


# question: what it is, statements and seconds at most
HISTORY = {
    "tree": ("genealogy of {lots:,} lots, whole tree", 3, 0.1),
    "recall": ("recall of {lots:,} among 100,000 lots", None, 1.0),
}


def judge_history(answers):
    """Return the promises about a long history of lots."""
    promises = []
    for name, answer in answers.items():
        text, queries, seconds = HISTORY[name]
        what = text.format(lots=answer["lots"])
        limit = f"at most {seconds} s" + (f" and {queries} queries" if queries else "")
        promises.append(
            Promise(
                f"{what}: {limit}",
                f"{answer['seconds']:.3f} s, {answer['queries']} queries",
                answer["seconds"] <= seconds
                and (not queries or answer["queries"] <= queries),
            )
        )
    return promises


# question to the live board: what it is, statements, CPU and database milliseconds
BOARD = {
    "board": ("board of {runs:,} runs, first screen", 12, 60, 100),
    "row": ("board of 10,000 runs, one row again", 12, 60, 100),
}


def judge_board(answers):
    """Return the promises about the live board."""
    promises = []
    for name in sorted(BOARD.keys() & answers.keys()):
        (text, queries, process, database), answer = BOARD[name], answers[name]
        taken = answer["process"] * 1000, answer["database"] * 1000
        promises.append(
            Promise(
                f"{text.format(**answer)}: at most {queries} queries, {process} ms CPU "
                f"and {database} ms of the database",
                f"{answer['queries']} queries, {taken[0]:.0f} ms and {taken[1]:.0f} ms",
                answer["queries"] <= queries
                and taken[0] <= process
                and taken[1] <= database,
            )
        )
    if week := answers.get("week"):
        promises.append(
            Promise(
                "expected completion in simulated weeks: nearer than Odoo's own end",
                f"mean error {week['board']:.2f} working hours, Odoo's "
                f"{week['odoo']:.2f}",
                week["board"] < week["odoo"],
            )
        )
    return promises


# question: what it is and seconds at most
RECORDS = {
    "close": ("{count:,} processes closing orders at once", 30.0),
    "link": ("linking the {count:,} entries they sealed", 5.0),
    "verify": ("verification of {count:,} sealed entries", 60.0),
}


def judge_records(answers):
    """Return the promises about batch records, with the rate they were kept at."""
    return [
        Promise(
            f"{RECORDS[name][0].format(count=answer['count'])}: at most "
            f"{RECORDS[name][1]:.0f} s",
            f"{answer['seconds']:.2f} s, {answer['count'] / answer['seconds']:,.0f} "
            "per second",
            answer["seconds"] <= RECORDS[name][1],
        )
        for name, answer in answers.items()
    ]


# question: what it is and seconds at most; statements do not grow with the number
PEOPLE = {
    "matrix": ("matrix of 200 operators × 50 work centers", 1.0),
    "gate": ("gate over 500 operations", 0.5),
}
# of starting and finishing an operation that asks for a qualification
CALL_CPU = 1.2


def judge_people(answers):
    """Return the promises about who may do what."""
    return [
        Promise(
            f"{PEOPLE[name][0]}: no more queries than for a tenth, at most "
            f"{PEOPLE[name][1]} s",
            f"{answer['queries']} queries (a tenth: {answer['queries_tenth']}), "
            f"{answer['seconds']:.3f} s",
            answer["queries"] <= answer["queries_tenth"]
            and answer["seconds"] <= PEOPLE[name][1],
        )
        for name, answer in answers.items()
    ]


# question: what it is, statements and seconds at most
JOBS = {"list": ("list of 1,000 jobs", 15, 2.0)}


def judge_jobs(answers):
    """Return the promises about lists of jobs."""
    promises = []
    for name, answer in answers.items():
        text, queries, seconds = JOBS[name]
        promises.append(
            Promise(
                f"{text}: at most {queries} queries and {seconds} s",
                f"{answer['queries']} queries (a tenth: {answer['queries_tenth']}), "
                f"{answer['seconds']:.3f} s",
                answer["queries"] <= queries and answer["seconds"] <= seconds,
            )
        )
    return promises


# billing many jobs at once: queries for each job, and seconds for all
INVOICES = (45, 120.0)


def judge_invoices(answers):
    """Return the promises about billing many jobs at once."""
    queries, seconds = INVOICES
    return [
        Promise(
            f"billing {answer['count']:,} jobs at once: at most {queries} queries for "
            f"each and {seconds:.0f} s in all, no more for each than for a tenth",
            f"{answer['queries']:.1f} queries each (a tenth: "
            f"{answer['queries_tenth']:.1f}), {answer['seconds']:.1f} s",
            answer["queries"] <= queries
            and answer["queries"] <= answer["queries_tenth"] * 1.1
            and answer["seconds"] <= seconds,
        )
        for answer in answers.values()
    ]


def judge_calls(answers):
    """Return the promises about starting and finishing an operation."""
    return [
        Promise(
            f"{step} of an operation: at most {CALL_CPU} × CPU",
            f"{answer['ratio']:.3f}; {answer['core']:.0f} → {answer['suite']:.0f} "
            "queries",
            answer["ratio"] <= CALL_CPU,
        )
        for step, answer in answers.items()
    ]


# the phone's page without the scanner, the processor slowed down fourfold
PAGE_RAW, PAGE_PACKED = 1_200_000, 300_000
PAGE_SECONDS = 1.2
TAP_MILLISECONDS = 100


def judge_phones(answers):
    """Return the promises about phones on the shop floor."""
    page, load = answers["page"], answers["load"]
    each = ", ".join(f"{name} {taken:.0f}" for name, taken in load["p95_of"].items())
    return [
        Promise(
            "phone's page, everything it fetches: at most "
            f"{PAGE_RAW / 1e6} MB and {PAGE_PACKED / 1000:.0f} kB packed",
            f"{page['raw'] / 1000:.0f} kB and {page['gz'] / 1000:.0f} kB in "
            f"{page['files']} files",
            page["raw"] <= PAGE_RAW and page["gz"] <= PAGE_PACKED,
        ),
        Promise(
            f"its main thread until the work is shown, 4 × slowed: {PAGE_SECONDS} s",
            f"{page['main_thread']:.2f} s, the least of five loads (median "
            f"{page['main_thread_median']:.2f})",
            page["main_thread"] <= PAGE_SECONDS,
        ),
        Promise(
            f"tap to what it changes, 4 × slowed: {TAP_MILLISECONDS} ms",
            f"{page['tap']:.0f} ms (longest {page['longest_tap']:.0f})",
            page["tap"] <= TAP_MILLISECONDS,
        ),
        Promise(
            f"{load['phones']} phones, {load['workers']} workers: no errors",
            f"{load['requests']} requests, {load['errors']} errors, median "
            f"{load['median']:.0f} ms, p95 {load['p95']:.0f} ms ({each})",
            not load["errors"],
        ),
    ]


def is_undecided(series, names):
    """Tell whether rounds disagree on which side of the limit the CPU time is."""
    limit = most_cpu(names, series.mode)
    return len({ratio <= limit for ratio in series.ratios()}) > 1
