def in_company(records, company):
    """Like ``with_company``, without a new environment when it is current already.

    Server actions, crons and calls over RPC name no companies in their context:
    ``with_company`` would make them another environment each time.

    :return: the records, with ``env.company`` being that company
    """
    return records if records.env.company == company else records.with_company(company)
