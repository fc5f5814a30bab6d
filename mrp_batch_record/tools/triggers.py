from odoo.tools import SQL

REFUSE = "mrp_batch_record_refuse"
ERASE_ONLY = "mrp_batch_record_erase_only"

FUNCTIONS = {
    REFUSE: """
        BEGIN
            RAISE EXCEPTION
                '% of % refused: what batch records hold is written once',
                TG_OP, TG_TABLE_NAME
                USING HINT = 'Add a correction to the record instead.',
                      ERRCODE = 'restrict_violation';
        END
    """,
    # a lawful erasure takes the name and the salt away, and nothing else
    ERASE_ONLY: """
        BEGIN
            IF NEW.text IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.key IS NOT NULL
               OR (NEW.id, NEW.company_id, NEW.record_key, NEW.commitment)
                  IS DISTINCT FROM
                  (OLD.id, OLD.company_id, OLD.record_key, OLD.commitment)
            THEN
                RAISE EXCEPTION 'A name in a batch record is erased or stays'
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NEW;
        END
    """,
}


def keep_append_only(cr, table, update=REFUSE):
    """Let PostgreSQL itself refuse to change, delete or empty a table.

    Triggers fire always: ``session_replication_role = replica`` does not pass them.
    Doing it again changes nothing, and locks nothing.

    :param str update: function that judges an UPDATE
    """
    for name, body in FUNCTIONS.items():
        cr.execute(
            SQL(
                "CREATE OR REPLACE FUNCTION %s() RETURNS trigger LANGUAGE plpgsql "
                "AS %s",
                SQL.identifier(name),
                body,
            )
        )
    for event, each, function in (
        ("UPDATE", "ROW", update),
        ("DELETE", "ROW", REFUSE),
        ("TRUNCATE", "STATEMENT", REFUSE),
    ):
        _make_trigger(cr, table, event, each, function)


def _make_trigger(cr, table, event, each, function):
    name = f"{function}_{event.lower()}"
    cr.execute(
        SQL(
            "SELECT tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND "
            "tgname = %s",
            table,
            name,
        )
    )
    found = cr.fetchone()
    if found and found[0] in ("A", b"A"):
        return
    # events and levels are constants of this file: SQL has no place holder for them
    cr.execute(
        SQL(
            f"DROP TRIGGER IF EXISTS %(name)s ON %(table)s; "
            f"CREATE TRIGGER %(name)s BEFORE {event} ON %(table)s "
            f"FOR EACH {each} EXECUTE FUNCTION %(function)s(); "
            f"ALTER TABLE %(table)s ENABLE ALWAYS TRIGGER %(name)s",
            name=SQL.identifier(name),
            table=SQL.identifier(table),
            function=SQL.identifier(function),
        )
    )
