"""One narrow row per open operation of a run in flight, which PostgreSQL keeps.

It says what the queues need to know: nothing that depends on the time of day or on
other runs, but on the operation, its run, the later operations of the run and their
paces only. Triggers write it in the transaction and the moment any of these change,
through whatever door. `place` is the planned start of the run in seconds, `seconds` the
planned time × pace, `step` the place in the run and `tail` the seconds of the later
operations of the run: nothing when one of these is begun already, as they depend on the
time of day then.

All rows of a run are written anew. So of two transactions that change the same run at
the same time, neither of which sees what the other does, the later one meets a row that
the earlier one wrote, and Odoo repeats it. Where there is no row to meet, the order
itself is written.
"""

from odoo.tools import SQL

TABLE = "mrp_board_operation"
REFRESH = "mrp_board_operation_refresh"
OPERATION = "mrp_board_operation_changed"
RUN = "mrp_board_operation_run"
PACE = "mrp_board_operation_pace"
# spread of what nothing is known about
PRIOR_SPREAD = 0.25
# Odoo plans operations for the quantity that is being produced, once that is entered;
# what is left after it takes its time, too
SCALE = """
CASE WHEN run.qty_producing > 0 AND run.qty_producing < run.product_qty
     THEN (run.product_qty / run.qty_producing)::float ELSE 1 END
"""

MAKE_TABLE = """
CREATE TABLE IF NOT EXISTS mrp_board_operation (
    id integer PRIMARY KEY,
    production_id integer NOT NULL,
    workcenter_id integer NOT NULL,
    last_workcenter_id integer NOT NULL,
    step integer NOT NULL,
    is_urgent boolean NOT NULL,
    is_waiting boolean NOT NULL,
    is_begun boolean NOT NULL,
    place float NOT NULL,
    seconds float NOT NULL,
    variance float NOT NULL,
    tail float
);
CREATE INDEX IF NOT EXISTS mrp_board_operation_run_index
    ON mrp_board_operation (production_id);
CREATE INDEX IF NOT EXISTS mrp_board_operation_queue_index
    ON mrp_board_operation (workcenter_id);
CREATE INDEX IF NOT EXISTS mrp_board_operation_begun_index
    ON mrp_board_operation (id) WHERE is_begun
"""

REFRESH_BODY = f"""
DECLARE
    unmet integer[];
BEGIN
    WITH gone AS (
        DELETE FROM mrp_board_operation WHERE production_id = ANY(runs)
        RETURNING production_id
    )
    SELECT ARRAY_AGG(run) INTO unmet FROM UNNEST(runs) run
     WHERE touch AND run NOT IN (SELECT production_id FROM gone);
    INSERT INTO mrp_board_operation (
           id, production_id, workcenter_id, last_workcenter_id, step, place, is_urgent,
           is_waiting, is_begun, seconds, variance, tail)
    SELECT id, production_id, workcenter_id,
           FIRST_VALUE(workcenter_id) OVER backwards,
           COUNT(*) OVER run - ROW_NUMBER() OVER backwards + 1,
           place, is_urgent, is_waiting, is_begun,
           seconds, seconds * spread * seconds * spread,
           CASE WHEN BOOL_OR(is_begun) OVER later THEN NULL
                ELSE COALESCE(SUM(seconds) OVER later, 0) END
      FROM (
        SELECT operation.id, operation.production_id, operation.workcenter_id,
               operation.sequence,
               DATE_PART('epoch', run.date_start) AS place,
               COALESCE(run.priority = '1', FALSE) AS is_urgent,
               run.state = 'confirmed' AS is_waiting,
               operation.state = 'progress' AS is_begun,
               COALESCE(operation.duration_expected, 0)::float * 60 * {SCALE}
                   * COALESCE(pace.factor, usual.factor, 1) AS seconds,
               COALESCE(pace.spread, usual.spread, {PRIOR_SPREAD}) AS spread
          FROM mrp_production run
    CROSS JOIN LATERAL (
            SELECT * FROM mrp_workorder WHERE production_id = run.id OFFSET 0
          ) operation
     LEFT JOIN mrp_operation_pace pace
            ON pace.operation_id = operation.operation_id
           AND pace.product_id = run.product_id
           AND pace.workcenter_id = operation.workcenter_id
     LEFT JOIN mrp_operation_pace usual
            ON usual.workcenter_id = operation.workcenter_id
           AND usual.operation_id IS NULL AND usual.product_id IS NULL
         WHERE run.id = ANY(runs)
           AND run.state IN ('confirmed', 'progress', 'to_close')
           AND operation.state IN ('blocked', 'ready', 'progress')
      ) operation
    WINDOW run AS (PARTITION BY production_id),
           backwards AS (PARTITION BY production_id ORDER BY sequence DESC, id DESC),
           later AS (PARTITION BY production_id ORDER BY sequence DESC, id DESC
                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
     -- of many at once, those of a work center are read together, too
     ORDER BY workcenter_id, place
        ON CONFLICT (id) DO UPDATE
       SET (production_id, workcenter_id, last_workcenter_id, step, place, is_urgent,
            is_waiting, is_begun, seconds, variance, tail)
         = (EXCLUDED.production_id, EXCLUDED.workcenter_id, EXCLUDED.last_workcenter_id,
            EXCLUDED.step, EXCLUDED.place, EXCLUDED.is_urgent, EXCLUDED.is_waiting,
            EXCLUDED.is_begun, EXCLUDED.seconds, EXCLUDED.variance, EXCLUDED.tail);
    IF unmet IS NOT NULL THEN
        -- what this transaction made itself, nobody else can see
        UPDATE mrp_production SET state = state
         WHERE id = ANY(unmet) AND state NOT IN ('done', 'cancel')
           AND xmin != pg_current_xact_id()::xid;
    END IF;
END
"""

OPERATION_BODY = """
BEGIN
    IF TG_LEVEL = 'ROW' THEN
        PERFORM mrp_board_operation_refresh(
            ARRAY[NEW.production_id, OLD.production_id], TRUE);
    ELSE
        PERFORM mrp_board_operation_refresh(ARRAY_AGG(DISTINCT production_id), TRUE)
           FROM changed HAVING COUNT(*) > 0;
    END IF;
    RETURN NULL;
END
"""

RUN_BODY = """
BEGIN
    PERFORM mrp_board_operation_refresh(ARRAY[NEW.id], FALSE);
    RETURN NULL;
END
"""

PACE_BODY = """
BEGIN
    PERFORM mrp_board_operation_refresh(ARRAY_AGG(DISTINCT open.production_id), FALSE)
       FROM mrp_board_operation open
      WHERE open.workcenter_id IN (SELECT workcenter_id FROM changed)
     HAVING COUNT(*) > 0;
    RETURN NULL;
END
"""

OPEN = "IN ('blocked', 'ready', 'progress')"
IN_FLIGHT = "IN ('confirmed', 'progress', 'to_close')"


def _changes(kept, columns):
    """:return: SQL condition: a row that is kept before or after differs in these"""
    sides = [
        f"({', '.join(f'{side}.{column}' for column in (f'state {kept}', *columns))})"
        for side in ("OLD", "NEW")
    ]
    return (
        f"(OLD.state {kept} OR NEW.state {kept}) AND {' IS DISTINCT FROM '.join(sides)}"
    )


OPERATION_CHANGED = _changes(
    OPEN,
    (
        "state = 'progress'",
        "production_id",
        "workcenter_id",
        "operation_id",
        "sequence",
        "duration_expected",
    ),
)
RUN_CHANGED = _changes(
    IN_FLIGHT,
    (
        "state = 'confirmed'",
        "date_start",
        "priority",
        "product_id",
        "product_qty",
        "qty_producing",
    ),
)

FUNCTIONS = (
    (f"{REFRESH}(runs integer[], touch boolean)", "void", REFRESH_BODY),
    (f"{OPERATION}()", "trigger", OPERATION_BODY),
    (f"{RUN}()", "trigger", RUN_BODY),
    (f"{PACE}()", "trigger", PACE_BODY),
)

NEW = "REFERENCING NEW TABLE AS changed FOR EACH STATEMENT"
OLD = "REFERENCING OLD TABLE AS changed FOR EACH STATEMENT"
OPERATION_TRIGGERS = {
    "insert": (OPERATION, f"INSERT ON mrp_workorder {NEW}"),
    "update": (
        OPERATION,
        f"UPDATE ON mrp_workorder FOR EACH ROW WHEN ({OPERATION_CHANGED})",
    ),
    "delete": (OPERATION, f"DELETE ON mrp_workorder {OLD}"),
}
RUN_TRIGGERS = {
    "update": (RUN, f"UPDATE ON mrp_production FOR EACH ROW WHEN ({RUN_CHANGED})"),
}
PACE_TRIGGERS = {
    "insert": (PACE, f"INSERT ON mrp_operation_pace {NEW}"),
    "update": (PACE, f"UPDATE ON mrp_operation_pace {NEW}"),
    "leave": (PACE, f"UPDATE ON mrp_operation_pace {OLD}"),
    "delete": (PACE, f"DELETE ON mrp_operation_pace {OLD}"),
}


def install(cr):
    """Have PostgreSQL keep the rows from now on; again changes nothing."""
    cr.execute(MAKE_TABLE)
    for signature, result, body in FUNCTIONS:
        cr.execute(
            SQL(
                # a plan is kept for the session: for one run as for ten thousand
                f"CREATE OR REPLACE FUNCTION {signature} RETURNS {result} "
                "LANGUAGE plpgsql SET enable_seqscan = off "
                "SET plan_cache_mode = force_generic_plan AS %s",
                body,
            )
        )
    for triggers in (OPERATION_TRIGGERS, RUN_TRIGGERS, PACE_TRIGGERS):
        for name, (function, event) in triggers.items():
            _make_trigger(cr, f"{function}_{name}", function, event)


def _make_trigger(cr, name, function, event):
    # what happens to which table is a constant of this file, no value
    cr.execute(
        SQL(
            f"DROP TRIGGER IF EXISTS %(name)s ON {event.split()[2]}; "
            f"CREATE TRIGGER %(name)s AFTER {event} EXECUTE FUNCTION %(function)s()",
            name=SQL.identifier(name),
            function=SQL.identifier(function),
        )
    )


def lock(cr):
    """Let nobody else write rows until the transaction ends."""
    cr.execute(SQL("LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE", SQL.identifier(TABLE)))


def rebuild(cr):
    """Write all rows anew."""
    cr.execute(
        SQL(
            """
            SELECT mrp_board_operation_refresh(ARRAY(
                SELECT id FROM mrp_production WHERE state IN %s
                 UNION SELECT production_id FROM mrp_board_operation), FALSE)
            """,
            ("confirmed", "progress", "to_close"),
        )
    )


def uninstall(cr):
    """Leave nothing behind."""
    for signature, _result, _body in FUNCTIONS:
        # with the triggers that call it
        cr.execute(SQL(f"DROP FUNCTION IF EXISTS {signature} CASCADE"))
    cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(TABLE)))
