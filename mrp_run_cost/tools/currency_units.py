class CurrencyUnits:
    """Converts amounts of a currency to whole units of its rounding and back.

    With EUR (rounding 0.01) the amount 12.34 is 1234 units; with JPY 12 is 12 units.

    >>> units = CurrencyUnits(company.currency_id)
    >>> units.to_amount(units.from_amount(12.34))
    12.34
    """

    def __init__(self, currency):
        self.rounding = currency.rounding
        self.currency = currency

    def from_amount(self, amount):
        """:return: the amount, rounded half up, as an int of currency units"""
        return round(self.currency.round(amount) / self.rounding)

    def to_amount(self, units):
        """:return: the float of ``units`` currency units, free of binary dust"""
        return self.currency.round(units * self.rounding)


class FineUnits(CurrencyUnits):
    """Millionths of a currency unit: for costs per unit that no one books.

    A recipe for one piece worth 5.663125 must not become one of 5.66.
    """

    SCALE = 10**6

    def from_amount(self, amount):
        return round(amount / self.rounding * self.SCALE)

    def to_amount(self, units):
        return units * self.rounding / self.SCALE
