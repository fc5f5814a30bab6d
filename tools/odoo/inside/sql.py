"""Run SQL read from standard input as JSON and print the rows as JSON.

Runs in Odoo's environment, which has a PostgreSQL client; the tools have none.
"""

import json
import sys

import psycopg2


def main():
    """Read {"connection": …, "statements": [[sql, parameters], …]}."""
    request = json.load(sys.stdin)
    connection = psycopg2.connect(**request["connection"])
    # CREATE and DROP DATABASE refuse to run in a transaction
    connection.autocommit = True
    rows = []
    with connection.cursor() as cursor:
        for statement, parameters in request["statements"]:
            cursor.execute(statement, parameters)
            rows = cursor.fetchall() if cursor.description else []
    json.dump(rows, sys.stdout, default=str)


try:
    main()
except psycopg2.Error as error:
    sys.exit(str(error).strip())
